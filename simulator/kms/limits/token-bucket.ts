import type { Limiter } from './limiter.ts';

/** Tokens come back evenly at `ratePerSecond`, up to `capacity`. Charged refusals push it into debt, at most one full bucket deep. */
export class TokenBucket implements Limiter {
  readonly #ratePerSecond: number;
  readonly #capacity: number;
  #tokens: number;
  #filledAtMs = 0;

  constructor(ratePerSecond: number, capacity: number) {
    this.#ratePerSecond = ratePerSecond;
    this.#capacity = capacity;
    this.#tokens = capacity;
  }

  allows(units: number, nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#tokens >= units;
  }

  spend(units: number, nowMs: number): void {
    this.#fill(nowMs);
    this.#tokens = Math.max(-this.#capacity, this.#tokens - units);
  }

  #fill(nowMs: number): void {
    this.#tokens = Math.min(this.#capacity, this.#tokens + ((nowMs - this.#filledAtMs) * this.#ratePerSecond) / 1_000);
    this.#filledAtMs = nowMs;
  }
}
