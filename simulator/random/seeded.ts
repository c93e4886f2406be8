import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Random } from '../../core/ports/random.ts';

/**
 * Chance from a seed. Each label has a stream of its own, so that what one part of the world draws does not shift what
 * another part draws, and a fault switched on leaves the rest of the world as it was.
 */
export class Seeded implements Random {
  readonly #seed: string;
  readonly #generator: ReturnType<typeof xoroshiro128plusFromState>;

  constructor(seed: string | number) {
    this.#seed = String(seed);
    const digest = createHash('sha256').update(this.#seed).digest();
    this.#generator = xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
  }

  /** A stream of its own, the same for the same seed and label. */
  stream(label: string): Seeded {
    return new Seeded(`${this.#seed}/${label}`);
  }

  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  /** Evenly from [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** True with the probability given (0 to 1). */
  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** One of the choices, each as likely as the others. */
  pick<T>(choices: readonly T[]): T {
    const chosen = choices[Math.floor(this.uniform() * choices.length)];
    if (chosen === undefined) throw new RangeError('Cannot pick from no choices.');
    return chosen;
  }

  /** Log-normal with the median and the 99th percentile given, in their unit. */
  logNormal(median: number, p99: number): number {
    const z99 = 2.3263478740408408;
    const sigma = Math.log(p99 / median) / z99;
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const gauss = radius * Math.cos(2 * Math.PI * this.uniform());
    return median * Math.exp(sigma * gauss);
  }

  /** Lower-case hexadecimal digits. */
  hex(digits: number): string {
    let text = '';
    while (text.length < digits)
      text += Math.floor(this.uniform() * 0x100000000)
        .toString(16)
        .padStart(8, '0');
    return text.slice(0, digits);
  }
}
