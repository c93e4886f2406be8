/**
 * Runs `each` for every item, in their order, so many at once. Ends with the first that throws; to end the others is left
 * to the caller.
 */
export const inPool = async <T>(items: readonly T[], atOnce: number, each: (item: T, index: number) => Promise<void>): Promise<void> => {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await each(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(items.length, atOnce) }, worker));
};
