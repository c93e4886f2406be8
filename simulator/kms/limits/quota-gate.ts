import type { Temperament } from '../temperament.ts';
import type { Limiter } from './limiter.ts';
import { type QuotaName, ratePerSecond } from './quotas.ts';
import { SlidingSecond } from './sliding-second.ts';
import { TokenBucket } from './token-bucket.ts';

/** What one call takes from one Region's quota. */
export interface Spending {
  readonly region: string;
  readonly quota: QuotaName;
  readonly units: number;
}

const limiterOf = (kind: Temperament['limiter'], rate: number): Limiter => {
  switch (kind) {
    // A bucket that cannot hold one call would never let one through.
    case 'wide-bucket':
      return new TokenBucket(rate, Math.max(1, rate));
    case 'narrow-bucket':
      return new TokenBucket(rate, Math.max(1, rate * 0.4));
    case 'sliding-second':
      return new SlidingSecond(rate);
  }
};

/** The request quotas of every account and Region. */
export class QuotaGate {
  readonly #temperament: Temperament;
  readonly #limiters = new Map<string, Limiter>();

  constructor(temperament: Temperament) {
    this.#temperament = temperament;
  }

  /** Spends everything one call takes, or nothing (everything, where refused calls count). @returns whether the call may go on. */
  admit(account: string, spendings: readonly Spending[], nowMs: number): boolean {
    const admitted = spendings.every(({ region, quota, units }) => this.#limiter(account, region, quota).allows(units, nowMs));
    if (admitted || this.#temperament.refusedCallsCount) {
      for (const { region, quota, units } of spendings) this.#limiter(account, region, quota).spend(units, nowMs);
    }
    return admitted;
  }

  #limiter(account: string, region: string, quota: QuotaName): Limiter {
    const id = `${account}/${region}/${quota}`;
    let limiter = this.#limiters.get(id);
    if (limiter === undefined) {
      limiter = limiterOf(this.#temperament.limiter, ratePerSecond(quota, region));
      this.#limiters.set(id, limiter);
    }
    return limiter;
  }
}
