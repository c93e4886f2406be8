import type { Seeded } from '../random/seeded.ts';
import type { FaultContext } from './fault-context.ts';
import type { FaultedCall, Interference, KmsFault } from './kms-fault.ts';

const FAILING_SHARE = 0.3;
const SLOW_MS_MIN = 2_000;
const SLOW_MS_MAX = 8_000;

/** The source Region answers badly: some calls fail or vanish, and all others take seconds. */
export class Degraded implements KmsFault {
  readonly name = 'degraded';
  struck = 0;
  readonly #random: Seeded;
  readonly #source: string;

  constructor({ random, source }: FaultContext) {
    this.#random = random.stream('fault/degraded');
    this.#source = source;
  }

  interfere({ region }: FaultedCall): Interference | undefined {
    if (region !== this.#source) return undefined;
    this.struck += 1;
    if (!this.#random.chance(FAILING_SHARE)) return { kind: 'slow', totalMs: Math.round(this.#random.between(SLOW_MS_MIN, SLOW_MS_MAX)) };
    if (this.#random.chance(0.5)) return { kind: 'silence' };
    return { kind: 'refuse', name: 'KMSInternalException', message: 'KMS could not process the request. Try again.', status: 500 };
  }
}
