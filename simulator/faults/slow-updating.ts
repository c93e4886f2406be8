import type { Seeded } from '../random/seeded.ts';
import type { FaultContext } from './fault-context.ts';
import type { KmsFault } from './kms-fault.ts';

const MEDIAN_MS = 20_000;
const P99_MS = 120_000;

/** Promotions stay `Updating` for long. */
export class SlowUpdating implements KmsFault {
  readonly name = 'slow-updating';
  struck = 0;
  readonly #random: Seeded;

  constructor({ random }: FaultContext) {
    this.#random = random.stream('fault/slow-updating');
  }

  settlingMs(): number {
    this.struck += 1;
    return Math.round(this.#random.logNormal(MEDIAN_MS, P99_MS));
  }
}
