import { BATCH_KEYS_MAX } from '../limits.ts';
import type { Region } from '../region.ts';
import type { Batch, Stage } from './batch.ts';
import type { KeyRecord } from './record.ts';

/** A key, and the Region that it shall go to. */
interface Bound {
  readonly record: KeyRecord;
  readonly target: Region;
}

/** The keys in full batches of one account and one target each, in the order in which they are given. Pure. */
export const bundled = (keys: readonly Bound[], stage: Stage, numbersFrom: number): Batch[] => {
  const batches: Batch[] = [];
  for (const [account, own] of Map.groupBy(keys, ({ record }) => record.account))
    for (const [target, some] of Map.groupBy(own, (key) => key.target))
      for (let from = 0; from < some.length; from += BATCH_KEYS_MAX) {
        const records = some.slice(from, from + BATCH_KEYS_MAX).map(({ record }) => record);
        batches.push({ number: numbersFrom + batches.length, account, stage, target, records });
      }
  return batches;
};
