import { systemClock } from '../../aws/clock/system-clock.ts';
import type { TimerClock } from './timer-clock.ts';

/** The longest time that Node's timers can wait, about 25 days; beyond it they fire at once: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args */
const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * Real time, for a simulator that answers real clients. A key's deletion may be due in 30 days, so longer waits than a timer
 * of Node's can bear are made of several.
 */
export class WallClock implements TimerClock {
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #onError: (error: unknown) => void;
  #stopped = false;

  /** @param onError is given what a callback throws: nobody else could catch it */
  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  now(): number {
    return systemClock.now();
  }

  sleep(ms: number): Promise<void> {
    if (!(ms > 0)) return Promise.resolve();
    return new Promise((resolve) => this.after(ms, resolve));
  }

  after(ms: number, fire: () => void): void {
    if (this.#stopped) return;
    if (ms > 0) this.#wait(ms, fire);
    else setImmediate(() => this.#fire(fire));
  }

  /** Forgets everything that is still to come, so that nothing keeps the process alive. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #wait(ms: number, fire: () => void): void {
    const nowMs = Math.min(ms, TIMER_MS_MAX);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (ms > nowMs) this.#wait(ms - nowMs, fire);
      else this.#fire(fire);
    }, nowMs);
    this.#timers.add(timer);
  }

  #fire(fire: () => void): void {
    if (this.#stopped) return;
    try {
      fire();
    } catch (error) {
      this.#onError(error);
    }
  }
}
