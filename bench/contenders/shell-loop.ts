import { UpdatePrimaryRegionCommand } from '@aws-sdk/client-kms';
import { keyName } from '../../core/key/key.ts';
import { pooled } from '../../functions/frame/pooled.ts';
import { Seeded } from '../../simulator/random/seeded.ts';
import { type BenchWorld, SOURCE, TARGET } from '../world.ts';
import type { Contender, Finish, Report } from './contender.ts';
import { lookAt } from './look.ts';
import { sdkClients } from './sdk-clients.ts';

/** Passes over what is left, as a script has that somebody wrote with care. */
const PASSES_MAX = 5;
/** `sleep 10` between the passes. */
const BETWEEN_PASSES_MS = 10_000;
/** A Python program starts and reads its models before it calls. */
const START_MS = [350, 700] as const;

/**
 * `xargs -P n aws kms update-primary-region …` over the list, then `aws kms describe-key` in the target for each key, and again for
 * those that are not there yet. The AWS CLI retries as the SDKs' standard mode does, and each command knows nothing of the others.
 */
export const shellLoop = (parallel: number): Contender => ({
  name: `shell-loop-${parallel}`,
  sentence: `a shell loop of aws kms commands, ${parallel} at once`,
  ratePerSecond: undefined,
  move: async (bench) => {
    const reports = new Map<string, Report>();
    let left = bench.keys;
    for (let pass = 0; pass < PASSES_MAX && left.length > 0; pass += 1) {
      if (pass > 0) await bench.world.clock.sleep(BETWEEN_PASSES_MS);
      await pooled(left, parallel, (key) => update(bench, key));
      await pooled(left, parallel, async (key) => {
        const where = await described(bench, key);
        reports.set(keyName(key), { moved: where === 'moved', at: bench.world.clock.now() });
      });
      left = left.filter((key) => reports.get(keyName(key))?.moved !== true);
    }
    return { reports, stateTransitions: 0, laneIdleMs: null } satisfies Finish;
  },
});

type Key = BenchWorld['keys'][number];

const command = async (bench: BenchWorld, key: Key, name: string) => {
  const random = new Seeded(`${bench.ask.seed}/${name}/${key.keyId}/${bench.world.clock.now()}`);
  await bench.world.clock.sleep(random.between(...START_MS));
  return sdkClients(bench.world, 'standard');
};

/** What the command says is not looked at: the second half of the pass reads what is true. */
const update = async (bench: BenchWorld, key: Key): Promise<void> => {
  const clients = await command(bench, key, 'update-primary-region');
  await clients(key.account, SOURCE)
    .send(new UpdatePrimaryRegionCommand({ KeyId: key.keyId, PrimaryRegion: TARGET }))
    .catch(() => undefined);
};

const described = async (bench: BenchWorld, key: Key) => {
  const clients = await command(bench, key, 'describe-key');
  return lookAt(clients(key.account, TARGET), key.keyId);
};
