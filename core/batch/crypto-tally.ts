/** Cryptographic calls that a drill made on its keys, as applications would have made them meanwhile. */
export interface CryptoTally {
  readonly calls: number;
  readonly failed: number;
  /** The first failures in words, for a person. */
  readonly examples: readonly string[];
}

export const NO_CRYPTO: CryptoTally = { calls: 0, failed: 0, examples: [] };

const EXAMPLES_MAX = 5;

/** The calls of several batches, or of several turns, in one. */
export const addedUp = (tallies: readonly CryptoTally[]): CryptoTally => ({
  calls: tallies.reduce((sum, { calls }) => sum + calls, 0),
  failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  examples: tallies.flatMap(({ examples }) => examples).slice(0, EXAMPLES_MAX),
});

/** Two accounts of the same batch: each has what both knew before, so the one with more calls is the fuller. */
export const fuller = (one: CryptoTally | undefined, other: CryptoTally | undefined): CryptoTally | undefined =>
  (one?.calls ?? 0) >= (other?.calls ?? 0) ? one : other;
