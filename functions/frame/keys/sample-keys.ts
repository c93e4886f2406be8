import type { KeyRef } from '../../../core/key/key.ts';

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
