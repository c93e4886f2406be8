import type { Seeded } from '../random/seeded.ts';
import type { FaultContext } from './fault-context.ts';
import type { FaultedCall, KmsFault } from './kms-fault.ts';

const DARK_MS = [15_000, 40_000] as const;
const LIGHT_MS = [20_000, 60_000] as const;

/** The source Region is dark and answers again in turns, dark first; how long each turn lasts is drawn. */
export class Flapping implements KmsFault {
  readonly name = 'flapping';
  struck = 0;
  readonly #random: Seeded;
  readonly #context: FaultContext;
  #isDark = true;
  #turnEndsAtMs: number;

  constructor(context: FaultContext) {
    this.#context = context;
    this.#random = context.random.stream('fault/flapping');
    this.#turnEndsAtMs = context.clock.now() + this.#turnMs();
  }

  silences({ region }: FaultedCall): boolean {
    if (region !== this.#context.source) return false;
    this.#turn();
    if (this.#isDark) this.struck += 1;
    return this.#isDark;
  }

  #turn(): void {
    while (this.#turnEndsAtMs <= this.#context.clock.now()) {
      this.#isDark = !this.#isDark;
      this.#turnEndsAtMs += this.#turnMs();
    }
  }

  #turnMs(): number {
    const [least, most] = this.#isDark ? DARK_MS : LIGHT_MS;
    return Math.round(this.#random.between(least, most));
  }
}
