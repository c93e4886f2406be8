/** A run's own emergency brake. It counts systemic failures only: proofs that failed, never a key's own refusal to move. */
export interface Breaker {
  readonly proofsFailed: number;
  /** Those of them that failed in the canary. */
  readonly inCanary: number;
}

/** What was encrypted before a move and does not decrypt after it is never normal; three are no accident. */
const PROOFS_FAILED_MAX = 2;

/** The canary is there to be believed: one failure among its few keys stops the fleet. */
const PROOFS_FAILED_IN_CANARY_MAX = 0;

/** Whether so many proofs failed that moving further keys would do harm. */
export const isOpen = (breaker: Breaker | undefined): boolean =>
  breaker !== undefined && (breaker.inCanary > PROOFS_FAILED_IN_CANARY_MAX || breaker.proofsFailed > PROOFS_FAILED_MAX);

/** The breaker after further proofs failed. */
export const withFailedProofs = (before: Breaker | undefined, count: number, inCanary: boolean): Breaker => ({
  proofsFailed: (before?.proofsFailed ?? 0) + count,
  inCanary: (before?.inCanary ?? 0) + (inCanary ? count : 0),
});
