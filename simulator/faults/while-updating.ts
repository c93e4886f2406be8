import type { Seeded } from '../random/seeded.ts';
import type { FaultContext } from './fault-context.ts';
import type { KmsFault } from './kms-fault.ts';

/** A promotion of a key that is still `Updating` is now accepted, now refused: AWS's own pages contradict each other on it. */
export class WhileUpdating implements KmsFault {
  readonly name = 'while-updating';
  struck = 0;
  readonly #random: Seeded;

  constructor({ random }: FaultContext) {
    this.#random = random.stream('fault/while-updating');
  }

  acceptsWhileUpdating(): boolean {
    this.struck += 1;
    return this.#random.chance(0.5);
  }
}
