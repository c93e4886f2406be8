/** The smallest of the values that at least this share of them does not exceed. @param sorted in ascending order @param share more than 0, at most 1 */
export const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
