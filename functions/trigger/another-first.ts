const TICK_MS = 60_000;

/** The items with another one first each minute, so that each gets its turn also where a tick has no time for all. */
export const anotherFirst = <T>(items: readonly T[], now: number): readonly T[] => {
  const first = items.length === 0 ? 0 : Math.floor(now / TICK_MS) % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
};
