import { referencedKey } from '../../../core/fleet/key-reference.ts';
import type { Fleet } from '../../../core/fleet/schema.ts';
import type { KeyAt, KeyRef } from '../../../core/key/key.ts';
import type { Region } from '../../../core/region.ts';
import { type Probe, probeResult } from '../../../core/verdict/probe.ts';
import { sampleKeys } from '../keys/sample-keys.ts';
import type { Runtime } from '../runtime.ts';

/** A Region that has answered is not waited for any longer than this… */
const PROBING_MS_MAX = 3_000;
/** …and one that has not, no longer than this: a degraded Region takes up to 8 s. */
const SILENCE_MS_MAX = 10_000;

/** Which Regions are to be judged, and by which keys. */
export interface ProbeAsk {
  readonly fleetName: string;
  readonly fleet: Fleet;
  /** Keys of the fleet, as many as are known: a few of them are asked for. */
  readonly keys: readonly KeyRef[];
  readonly regions: readonly Region[];
}

/** What a burst of probes found in one Region. */
interface Burst {
  readonly region: Region;
  readonly probes: readonly Probe[];
}

/**
 * Sends `count` calls to each Region at once, spread over the fleet's keys and so over its accounts, and the write probe where the
 * fleet's canary key has its primary.
 */
export const burst = (runtime: Runtime, { fleet, keys, regions }: ProbeAsk, count: number): Promise<readonly Burst[]> => {
  const sample = sampleKeys(keys, count, count);
  return Promise.all(
    regions.map(async (region) => {
      const reads = sample.length === 0 ? [] : Array.from({ length: count }, (_, turn) => sample[turn % sample.length]);
      const calls = [
        ...reads.map((key) => () => (key === undefined ? undefined : readProbe(runtime, { ...key, region }))),
        ...canariesOf(fleet).map((key) => () => writeProbe(runtime, { ...key, region })),
      ];
      return { region, probes: await answersTo(runtime, calls) };
    }),
  );
};

type Call = () => Promise<Probe | undefined> | undefined;

/** Makes all calls, and waits for their answers as long as a Region that answers, or does not, is waited for. */
const answersTo = async (runtime: Pick<Runtime, 'clock'>, calls: readonly Call[]): Promise<readonly Probe[]> => {
  const { clock } = runtime;
  const at = clock.now();
  const found: Probe[] = [];
  let outstanding = 0;
  const { promise: answered, resolve: heard } = Promise.withResolvers<void>();
  const all = calls.map(async (call) => {
    outstanding += 1;
    const probe = await call();
    outstanding -= 1;
    if (probe !== undefined) found.push(probe);
    if (probe?.result === 'answered') heard();
  });
  const ended = Promise.all(all);
  await Promise.race([ended, clock.sleep(PROBING_MS_MAX)]);
  await Promise.race([ended, answered, clock.sleep(at + SILENCE_MS_MAX - clock.now())]);
  const silent = Array.from({ length: outstanding }, (): Probe => ({ at, result: 'failed', latencyMs: clock.now() - at }));
  return [...found, ...silent];
};

const readProbe = async (runtime: Pick<Runtime, 'clock' | 'kms'>, key: KeyAt): Promise<Probe> => {
  const at = runtime.clock.now();
  const reply = await runtime.kms.probe(key);
  return { at, result: probeResult(reply), latencyMs: runtime.clock.now() - at };
};

/** Rehearses the very call that a failover needs. @returns undefined where the key's primary is not, or cannot be seen to be */
const writeProbe = async (runtime: Pick<Runtime, 'clock' | 'kms'>, key: KeyAt): Promise<Probe | undefined> => {
  const view = await runtime.kms.probe(key);
  if (view.kind !== 'seen' || view.role !== 'PRIMARY' || view.state !== 'Enabled') return undefined;
  const at = runtime.clock.now();
  // Sent to the Region that it names: there the key is the primary, and KMS answers 200 and changes nothing, or it is not, and KMS
  // refuses. Nothing can be moved by it. https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html
  const reply = await runtime.kms.promote(key, key.region);
  return { at, result: probeResult(reply), latencyMs: runtime.clock.now() - at, write: true };
};

/** The key that the fleet file names for write probes, in each account that it may be in. */
const canariesOf = ({ probe, accounts }: Fleet): readonly KeyRef[] => {
  if (probe.canaryKey === undefined) return [];
  const { keyId, account } = referencedKey(probe.canaryKey);
  return account === undefined ? accounts.slice(0, 1).map((owner) => ({ account: owner, keyId })) : [{ account, keyId }];
};
