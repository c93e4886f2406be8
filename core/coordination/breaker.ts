/** A run's own emergency brake. It counts systemic failures only: proofs that failed, never a key's own refusal. */
export interface Breaker {
  readonly proofsFailed: number;
}

/** What was encrypted before a move and does not decrypt after it is never normal; three are no accident. */
const PROOFS_FAILED_MAX = 2;

/** Whether so many proofs failed that moving further keys would do harm. */
export const isOpen = (breaker: Breaker | undefined): boolean => breaker !== undefined && breaker.proofsFailed > PROOFS_FAILED_MAX;
