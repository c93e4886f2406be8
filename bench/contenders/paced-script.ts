import { UpdatePrimaryRegionCommand } from '@aws-sdk/client-kms';
import { keyName } from '../../core/key/key.ts';
import { type BenchWorld, SOURCE, TARGET } from '../world.ts';
import type { Contender, Report } from './contender.ts';
import { lookAt } from './look.ts';
import { sdkClients } from './sdk-clients.ts';

const PER_SECOND = 5;
const PASSES_MAX = 5;
/** The describe loop: every key that is not there yet, every 5 s, for two minutes. */
const LOOK_EVERY_MS = 5_000;
const LOOKS_MAX = 24;

/** A script that knows the quota: one call every 200 ms, whatever became of the last, then one loop that describes what is not there yet. */
export const pacedScript: Contender = {
  name: 'paced-script',
  sentence: 'a script at exactly 5 calls a second with one describe loop',
  ratePerSecond: PER_SECOND,
  move: async (bench) => {
    const clients = sdkClients(bench.world, 'standard');
    const reports = new Map<string, Report>();
    const byAccount = Map.groupBy(bench.keys, ({ account }) => account);
    await Promise.all([...byAccount.values()].map((keys) => moveAccount(bench, clients, keys, reports)));
    return { reports, stateTransitions: 0, laneIdleMs: null };
  },
};

const moveAccount = async (
  bench: BenchWorld,
  clients: ReturnType<typeof sdkClients>,
  keys: BenchWorld['keys'],
  reports: Map<string, Report>,
): Promise<void> => {
  const { clock } = bench.world;
  let left = keys;
  for (let pass = 0; pass < PASSES_MAX && left.length > 0; pass += 1) {
    const calls: Promise<unknown>[] = [];
    for (const { account, keyId } of left) {
      const command = new UpdatePrimaryRegionCommand({ KeyId: keyId, PrimaryRegion: TARGET });
      calls.push(
        clients(account, SOURCE)
          .send(command)
          .catch(() => undefined),
      );
      await clock.sleep(1000 / PER_SECOND);
    }
    await Promise.all(calls);
    for (let look = 0; look < LOOKS_MAX && left.length > 0; look += 1) {
      const found = await Promise.all(left.map(async (key) => ({ key, where: await lookAt(clients(key.account, TARGET), key.keyId) })));
      for (const { key, where } of found) reports.set(keyName(key), { moved: where === 'moved', at: clock.now() });
      left = left.filter((key) => reports.get(keyName(key))?.moved !== true);
      // Nothing is on its way any more: what is left was not taken, and has its turn in the next pass.
      if (!found.some(({ where }) => where === 'updating')) break;
      await clock.sleep(LOOK_EVERY_MS);
    }
  }
};
