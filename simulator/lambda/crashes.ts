import type { Seeded } from '../random/seeded.ts';
import type { Fate } from './instance.ts';

interface CrashesOptions {
  readonly random: Seeded;
  /** The share of invocations with an effect that die, 0 to 1. */
  readonly rate: number;
  /** At least one invocation dies for so many keys. */
  readonly keysPerStrike: number;
}

/** A function is let live after so many deaths in a row over the same payload, so that a run can end. */
const DEATHS_IN_A_ROW_MAX = 3;

/** How likely a doomed invocation dies at this effect and not at a later one, or at its end: every moment gets its turn. */
const CHANCE_AT_EFFECT = 0.25;

/**
 * The fault that kills invocations after an effect: what was asked for has happened, and nobody was told.
 *
 * Which invocations die is drawn for each one from a stream of its own. That alone would often kill none in a small run:
 * fifty keys take fewer than twenty invocations. Since at least one strike per `keysPerStrike` keys is promised, the next
 * invocation with an effect dies whenever fewer have than the keys attempted so far demand.
 */
export class Crashes {
  readonly #options: CrashesOptions;
  readonly #invocations = new Map<string, number>();
  readonly #deathsInARow = new Map<string, number>();
  #keysPlanned = 0;
  #keysAttempted = 0;
  #strikes = 0;

  constructor(options: CrashesOptions) {
    this.#options = options;
  }

  /** How many invocations have died. */
  get strikes(): number {
    return this.#strikes;
  }

  /** Adds to the number of keys in the plan. It caps what attempts demand: the same key tried again owes no further strike. */
  keysPlanned(count: number): void {
    this.#keysPlanned += count;
  }

  /** A key's call was sent. */
  keyAttempted(): void {
    this.#keysAttempted += 1;
  }

  /** Draws the fate of an invocation. */
  begin(functionName: string, payload: string): Fate {
    const number = (this.#invocations.get(functionName) ?? 0) + 1;
    this.#invocations.set(functionName, number);
    const random = this.#options.random.stream(`${functionName}/${number}`);
    const doomed = random.chance(this.#options.rate);
    const work = `${functionName} ${payload}`;
    let effects = 0;
    return {
      afterEffect: () => {
        effects += 1;
        return (this.#isOwed() || (doomed && random.chance(CHANCE_AT_EFFECT))) && this.#strike(work);
      },
      atEnd: () => {
        if (doomed && effects > 0 && this.#strike(work)) return true;
        this.#deathsInARow.delete(work);
        return false;
      },
    };
  }

  #isOwed(): boolean {
    const keys = Math.min(this.#keysAttempted, this.#keysPlanned);
    return this.#strikes < Math.ceil(keys / this.#options.keysPerStrike);
  }

  #strike(work: string): boolean {
    const deaths = this.#deathsInARow.get(work) ?? 0;
    if (deaths >= DEATHS_IN_A_ROW_MAX) return false;
    this.#deathsInARow.set(work, deaths + 1);
    this.#strikes += 1;
    return true;
  }
}
