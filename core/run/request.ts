import type { Fleet } from '../fleet/schema.ts';
import type { Region } from '../region.ts';
import type { Operation } from './operation.ts';

/** What a run does, with nothing left open: the fleet's primaries shall go from the source to the target, because of the incident. */
export type RunRequest = {
  readonly fleet: string;
  readonly operation: Operation;
  readonly source: Region;
  readonly target: Region;
  /** The incident or request that the run is for. */
  readonly incident: string;
};

/** Every Region that the fleet's keys may live in, the home first. */
export const regionsOf = (fleet: Pick<Fleet, 'home' | 'standbys'>): readonly Region[] => [fleet.home, ...fleet.standbys];

/** The way home of a drill: from where it took the keys to where they were. */
export const turnedAround = (request: RunRequest): RunRequest => ({ ...request, source: request.target, target: request.source });
