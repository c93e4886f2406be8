import { type KMSClient, UpdatePrimaryRegionCommand } from '@aws-sdk/client-kms';
import { Seeded } from '../simulator/random/seeded.ts';
import { unsignedClient } from './unsigned-client.ts';
import { type BenchWorld, SOURCE, TARGET } from './world.ts';

const CALLS_PER_SECOND = 2;
/** So many keys of its own that none of them is changed often enough to be throttled for itself. */
const KEYS = 240;

/** Somebody else who changes primary Regions in the same account. */
export interface Tenant {
  readonly counts: () => { readonly calls: number; readonly throttled: number };
  readonly stop: () => void;
}

/** Starts a second tenant in the fleet's first account: it moves keys of its own from the source to the target and back, and never retries. */
export const startTenant = ({ ask, world, fleet }: BenchWorld): Tenant | undefined => {
  if (ask.scenario !== 'tenant-poisson' && ask.scenario !== 'tenant-even') return undefined;
  const random = new Seeded(ask.seed).stream('bench tenant');
  const account = fleet.accounts[0] ?? '';
  const keys = Array.from({ length: KEYS }, (_, index) => ({
    keyId: world.kms.seedKey({
      account,
      keySpec: 'SYMMETRIC_DEFAULT',
      keyUsage: 'ENCRYPT_DECRYPT',
      primary: SOURCE,
      replicas: [TARGET],
      aliases: [`alias/tenant/${index}`],
      createdMsAgo: 86_400_000,
    }),
    at: SOURCE as string,
  }));
  const clients = new Map<string, KMSClient>([SOURCE, TARGET].map((region) => [region, unsignedClient(world, { account, region })]));
  let calls = 0;
  let throttled = 0;
  let stopped = false;
  const pauseMs = (): number => {
    const meanMs = 1_000 / CALLS_PER_SECOND;
    return ask.scenario === 'tenant-even' ? meanMs : -Math.log(1 - random.uniform()) * meanMs;
  };
  const call = async (key: { readonly keyId: string; at: string }): Promise<void> => {
    const to = key.at === SOURCE ? TARGET : SOURCE;
    calls += 1;
    try {
      await clients.get(key.at)?.send(new UpdatePrimaryRegionCommand({ KeyId: key.keyId, PrimaryRegion: to }));
      key.at = to;
    } catch (error) {
      if (error instanceof Error && error.name === 'ThrottlingException') throttled += 1;
    }
  };
  const live = async (): Promise<void> => {
    for (let turn = 0; !stopped; turn += 1) {
      await world.clock.sleep(pauseMs());
      const key = keys[turn % keys.length];
      if (!stopped && key !== undefined) void call(key);
    }
  };
  void live();
  return {
    counts: () => ({ calls, throttled }),
    stop: () => {
      stopped = true;
    },
  };
};
