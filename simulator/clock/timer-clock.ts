import type { Clock } from '../../core/ports/clock.ts';

/** A clock that also calls back: what everything in the simulated KMS waits for, be its time virtual or real. */
export interface TimerClock extends Clock {
  /** Calls `fire` once, `ms` milliseconds from now; never before the caller's own turn has ended. */
  after(ms: number, fire: () => void): void;
}
