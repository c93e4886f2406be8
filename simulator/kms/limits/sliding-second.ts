import type { Limiter } from './limiter.ts';

const SECOND_MS = 1_000;

/**
 * At most `callsPerSecond` in any second, wherever that second begins: remembers the moments of that many last calls in a
 * ring. Less than 1 is one call in as many seconds as it takes.
 */
export class SlidingSecond implements Limiter {
  readonly #spentAtMs: Float64Array;
  readonly #windowMs: number;
  #oldest = 0;

  constructor(callsPerSecond: number) {
    this.#spentAtMs = new Float64Array(Math.max(1, callsPerSecond)).fill(Number.NEGATIVE_INFINITY);
    this.#windowMs = callsPerSecond < 1 ? SECOND_MS / callsPerSecond : SECOND_MS;
  }

  allows(units: number, nowMs: number): boolean {
    const youngestToLeave = this.#spentAtMs[(this.#oldest + units - 1) % this.#spentAtMs.length] ?? Number.POSITIVE_INFINITY;
    return nowMs - youngestToLeave >= this.#windowMs;
  }

  spend(units: number, nowMs: number): void {
    for (let unit = 0; unit < units; unit += 1) {
      this.#spentAtMs[this.#oldest] = nowMs;
      this.#oldest = (this.#oldest + 1) % this.#spentAtMs.length;
    }
  }
}
