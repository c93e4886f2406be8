import type { Clock } from '../../core/ports/clock.ts';
import type { Seeded } from '../random/seeded.ts';

/** What a fault is told about the world it is to strike. */
export interface FaultContext {
  readonly random: Seeded;
  readonly clock: Clock;
  /** The Region that the keys are to leave. */
  readonly source: string;
  /** The Region that the keys are to go to. */
  readonly target: string;
  /** How many keys the story puts in place. */
  readonly keyCount: number;
}
