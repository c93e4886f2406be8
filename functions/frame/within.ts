import type { KmsFailure } from '../../core/key/failure.ts';
import type { Clock } from '../../core/ports/clock.ts';

/** What the work brings, or `late` when it takes longer than `ms`. The work itself goes on, and its failure after that is nobody's. */
export const within = async <T, const L>(clock: Clock, ms: number, work: Promise<T>, late: L): Promise<T | L> =>
  Promise.race([work, clock.sleep(ms).then(() => late)]);

/** What stands for the answer of a KMS that takes longer than `ms`. */
export const tooLate = (ms: number): KmsFailure => ({
  kind: 'failure',
  code: 'unreachable',
  errorName: 'TooLate',
  message: `no answer in ${ms / 1000} s`,
});
