import type { Limiter } from './limiter.ts';

const SECOND_MS = 1_000;

/** At most `callsPerSecond` in any second, wherever that second begins: remembers the moments of that many last calls in a ring. */
export class SlidingSecond implements Limiter {
  readonly #spentAtMs: Float64Array;
  #oldest = 0;

  constructor(callsPerSecond: number) {
    this.#spentAtMs = new Float64Array(callsPerSecond).fill(Number.NEGATIVE_INFINITY);
  }

  allows(units: number, nowMs: number): boolean {
    const youngestToLeave = this.#spentAtMs[(this.#oldest + units - 1) % this.#spentAtMs.length] ?? Number.POSITIVE_INFINITY;
    return nowMs - youngestToLeave >= SECOND_MS;
  }

  spend(units: number, nowMs: number): void {
    for (let unit = 0; unit < units; unit += 1) {
      this.#spentAtMs[this.#oldest] = nowMs;
      this.#oldest = (this.#oldest + 1) % this.#spentAtMs.length;
    }
  }
}
