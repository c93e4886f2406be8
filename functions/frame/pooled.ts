/**
 * Does the work for every item, so many at once.
 * @returns the results in the order of the items
 * @throws what the first work to fail throws; the others are not waited for then
 */
export const pooled = async <T, R>(items: readonly T[], atOnceMax: number, work: (item: T) => Promise<R>): Promise<readonly R[]> => {
  const results: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnceMax, items.length) }, worker));
  return results;
};
