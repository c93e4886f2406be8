import type { Seeded } from '../random/seeded.ts';
import type { FaultContext } from './fault-context.ts';
import type { FaultedCall, HalfDone, KmsFault } from './kms-fault.ts';

const DARK_MS_MIN = 20_000;
const DARK_MS_MAX = 60_000;
/** How long after the target answers again a half-done change comes to its end. */
const AFTERMATH_MS = 5_000;

/**
 * Leaves some accepted promotions half done: both keys are `Updating` when the target Region goes dark. Whether such a change
 * then completes, is rolled back or hangs for ever is the same for a whole world, by its seed: AWS does not say.
 */
export class HalfDoneChange implements KmsFault {
  readonly name = 'half-done';
  struck = 0;
  /** What becomes of every half-done change of this world. */
  readonly ending: HalfDone['ending'];
  readonly #random: Seeded;
  readonly #clock: FaultContext['clock'];
  readonly #rate: number;
  readonly #darkUntilMs = new Map<string, number>();

  constructor({ random, clock }: FaultContext, rate: number) {
    this.#random = random.stream('fault/half-done');
    this.ending = this.#random.pick(['completes', 'rolls-back', 'hangs'] as const);
    this.#clock = clock;
    this.#rate = rate;
  }

  halfDone({ region }: FaultedCall): HalfDone | undefined {
    const darkMs = Math.round(this.#random.between(DARK_MS_MIN, DARK_MS_MAX));
    if (!this.#random.chance(this.#rate)) return undefined;
    this.struck += 1;
    this.#darkUntilMs.set(region, this.#clock.now() + darkMs);
    return this.ending === 'hangs' ? { ending: 'hangs' } : { ending: this.ending, afterMs: darkMs + AFTERMATH_MS };
  }

  silences({ region }: FaultedCall): boolean {
    return this.#clock.now() < (this.#darkUntilMs.get(region) ?? Number.NEGATIVE_INFINITY);
  }
}
