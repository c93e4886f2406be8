/** How many are worked on at once. */
const AT_ONCE = 10;

/**
 * Does the same for every item, some at once, and every item gets its turn whatever becomes of the others.
 * @returns the results in the order of the items
 * @throws when all have had their turn and one failed: its error, or an AggregateError that has a sentence for each
 */
export const atOnce = async <T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> => {
  const results: PromiseSettledResult<R>[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) [results[index]] = (await Promise.allSettled([work(item)])) as [PromiseSettledResult<R>];
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  const errors = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} of ${items.length} failed:\n${errors.map(String).join('\n')}`);
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
};
