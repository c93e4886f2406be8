import type { KeyRef } from '../../../core/key/key.ts';

/** A sample tells how a fleet stands, by so many keys of each account and so many in all; each key's own truth is read in the run. */
export const SAMPLE_PER_ACCOUNT_MAX = 20;
export const SAMPLE_MAX = 100;

/** Some of the keys, spread evenly: at most so many of each account, and so many in all. */
export const sampleKeys = <K extends KeyRef>(keys: readonly K[], perAccountMax: number, max: number): readonly K[] =>
  spread(
    [...Map.groupBy(keys, ({ account }) => account).values()].flatMap((some) => spread(some, perAccountMax)),
    max,
  );

const spread = <K>(keys: readonly K[], max: number): readonly K[] => {
  if (keys.length <= max) return keys;
  const step = keys.length / max;
  return Array.from({ length: max }, (_, index) => keys.slice(Math.floor(index * step), Math.floor(index * step) + 1)).flat();
};
