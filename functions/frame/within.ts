import type { Clock } from '../../core/ports/clock.ts';

/** What the work brings, or `late` when it takes longer than `ms`. The work itself goes on, and its failure after that is nobody's. */
export const within = async <T>(clock: Clock, ms: number, work: Promise<T>, late: T): Promise<T> =>
  Promise.race([work, clock.sleep(ms).then(() => late)]);
