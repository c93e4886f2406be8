import type { Seeded } from '../random/seeded.ts';
import type { FaultContext } from './fault-context.ts';
import type { FaultedCall, Interference, KmsFault } from './kms-fault.ts';

const SHARE = 0.1;
const LATE_SHARE = 1 / 3;
const LATE_MS_MAX = 60_000;

/** Loses a share of all answers; of the promotions whose answer is lost, a third is carried out only after the client has given up. */
export class LostReply implements KmsFault {
  readonly name = 'lost-reply';
  struck = 0;
  readonly #random: Seeded;

  constructor({ random }: FaultContext) {
    this.#random = random.stream('fault/lost-reply');
  }

  interfere({ operation }: FaultedCall): Interference | undefined {
    if (!this.#random.chance(SHARE)) return undefined;
    this.struck += 1;
    const late = operation === 'UpdatePrimaryRegion' && this.#random.chance(LATE_SHARE);
    return { kind: 'lose-reply', effectAfterGivingUpMs: late ? Math.round(this.#random.between(0, LATE_MS_MAX)) : undefined };
  }
}
