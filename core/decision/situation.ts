import type { Region } from '../region.ts';
import type { RunRequest } from '../run/request.ts';
import type { Circumstances } from './circumstances.ts';
import type { Known } from './known.ts';

/** Where a signal finds a fleet, as far as is needed to say what it asks for. */
export interface Place extends Pick<Circumstances, 'fleet' | 'now' | 'verdicts' | 'incidents' | 'history'> {
  readonly fleetName: string;
  /** How many primaries of the fleet each Region holds, of those that were looked at. */
  readonly primaries: Known<ReadonlyMap<Region, number>>;
  /** How many keys could not be looked at, of how many; undefined: none. */
  readonly unseen?: Unseen | undefined;
  /** The drill that has the fleet at present. */
  readonly drill?: Pick<RunRequest, 'source' | 'target'> | undefined;
  /** Where a run of another kind brings keys of the fleet at present. */
  readonly arrivingIn?: Region | undefined;
  /** What was done for the signal's incident before; undefined: nothing. */
  readonly begun?: Begun | undefined;
  /** Another delivery of the same signal was decided already. */
  readonly isDuplicate?: boolean;
}

/** Keys of which nobody knows where their primary is. */
export interface Unseen {
  readonly keys: number;
  /** Of so many in all. */
  readonly of: number;
}

/** An intent that exists for the incident of a signal. */
export interface Begun {
  /** Its latest run, when it has one. */
  readonly runId?: string;
  readonly state: 'open' | 'closed';
  /** The incident was over after that, and goes on again. */
  readonly isReopened?: boolean;
}

/** All that is needed to decide about a signal for one fleet. */
export interface Situation extends Place, Omit<Circumstances, 'request' | 'start' | 'override' | keyof Place> {}
