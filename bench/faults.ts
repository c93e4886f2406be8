import type { KmsFault } from '../simulator/faults/kms-fault.ts';
import { unkind } from '../simulator/kms/unkindness.ts';
import type { Seeded } from '../simulator/random/seeded.ts';

/** Draws how long each promotion takes to settle, as the simulated KMS itself would, and remembers what it drew last. */
export class SettlingWatch implements KmsFault {
  readonly name = 'settling-watch';
  readonly struck = 0;
  lastMs = 0;
  readonly #draw: () => number;

  constructor(random: Seeded) {
    const { settlingMs } = unkind(random);
    this.#draw = settlingMs;
  }

  settlingMs(): number {
    this.lastMs = this.#draw();
    return this.lastMs;
  }
}

const FAILING_SHARE = 0.02;

/** A share of all calls is answered with an internal error and does nothing. */
export class FailingCalls implements KmsFault {
  readonly name = 'failing';
  struck = 0;
  readonly #random: Seeded;

  constructor(random: Seeded) {
    this.#random = random;
  }

  interfere(): ReturnType<NonNullable<KmsFault['interfere']>> {
    if (!this.#random.chance(FAILING_SHARE)) return undefined;
    this.struck += 1;
    return { kind: 'refuse', name: 'KMSInternalException', message: 'KMS could not process the request. Try again.', status: 500 };
  }
}
