import type { BenchWorld } from '../world.ts';

/** What a contender says became of a key, and when it said so (epoch milliseconds). */
export interface Report {
  readonly moved: boolean;
  readonly at: number;
}

/** What a contender leaves behind. */
export interface Finish {
  /** By account and key ID; a key without a report counts as not moved. */
  readonly reports: ReadonlyMap<string, Report>;
  readonly stateTransitions: number;
  readonly laneIdleMs: number | null;
}

/** A way to move the fleet. */
export interface Contender {
  readonly name: string;
  readonly sentence: string;
  /** Calls a second and account that it keeps to; undefined when it has no such rate. */
  readonly ratePerSecond: number | undefined;
  /** What is done in quiet times, before anything is measured. */
  readonly prepare?: (bench: BenchWorld) => Promise<void>;
  readonly move: (bench: BenchWorld) => Promise<Finish>;
}
