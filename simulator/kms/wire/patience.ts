import type { TimerClock } from '../../clock/timer-clock.ts';
import { timeoutError } from './timeout-error.ts';

/** How long a client waits for an answer. */
export interface Patience {
  /** Known beforehand in process; infinite on the wire, where only the client knows it. */
  readonly ms: number;
  /** Calls `giveUp` once, with the error that the client ends with, when it stops waiting; it has waited for `waitedMs` already. */
  whenOver(waitedMs: number, giveUp: (error: Error) => void): void;
}

/** The patience of the SDK's own Node handler with a `requestTimeout`. */
export const patienceOf = (clock: TimerClock, timeoutMs: number): Patience => ({
  ms: timeoutMs,
  whenOver: (waitedMs, giveUp) => clock.after(timeoutMs - waitedMs, () => giveUp(timeoutError(timeoutMs))),
});
