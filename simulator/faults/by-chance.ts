import type { Seeded } from '../random/seeded.ts';
import type { FaultedCall, Interference, KmsFault } from './kms-fault.ts';

/** Strikes each call with the same chance, always in the same way. */
export class ByChance implements KmsFault {
  readonly name: string;
  struck = 0;
  readonly #random: Seeded;
  readonly #rate: number;
  readonly #strike: (random: Seeded) => Interference;

  /** @param rate 0 to 1 @param strike may draw: how long, how late */
  constructor(name: string, random: Seeded, rate: number, strike: (random: Seeded) => Interference) {
    this.name = name;
    this.#random = random.stream(`fault/${name}`);
    this.#rate = rate;
    this.#strike = strike;
  }

  interfere(_call: FaultedCall): Interference | undefined {
    if (!this.#random.chance(this.#rate)) return undefined;
    this.struck += 1;
    return this.#strike(this.#random);
  }
}
