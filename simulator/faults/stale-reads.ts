import type { Seeded } from '../random/seeded.ts';
import type { FaultContext } from './fault-context.ts';
import type { FaultedCall, KmsFault } from './kms-fault.ts';

const OLD_SHARE = 0.2;
const OLD_MS_MAX = 30_000;
const ANCIENT_SHARE = 0.01;
const ANCIENT_MS_MAX = 120_000;

/** Answers many reads from the past: a fifth of them up to half a minute old, and one in a hundred up to two minutes. */
export class StaleReads implements KmsFault {
  readonly name = 'stale-reads';
  struck = 0;
  readonly #random: Seeded;

  constructor({ random }: FaultContext) {
    this.#random = random.stream('fault/stale-reads');
  }

  staleReadMs({ isRead }: FaultedCall): number {
    if (!isRead) return 0;
    const lot = this.#random.uniform();
    if (lot >= ANCIENT_SHARE + OLD_SHARE) return 0;
    this.struck += 1;
    return Math.round(this.#random.between(0, lot < ANCIENT_SHARE ? ANCIENT_MS_MAX : OLD_MS_MAX));
  }
}
