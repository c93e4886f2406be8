import type { FleetException } from '../fleet/schema.ts';
import type { Readings } from '../key/agree.ts';
import type { KmsFailure } from '../key/failure.ts';
import type { Region } from '../region.ts';
import type { MaterialNeed } from './material-need.ts';

/** Everything that the rules may look at for one key. */
export interface Observation {
  /** Where the primary is, as far as it could be read. */
  readonly primary: Region | undefined;
  readonly target: Region;
  readonly readings: Readings;
  /** The exception in force for the key. */
  readonly exception: FleetException | undefined;
  /** Fleets that select the key besides this one. */
  readonly otherFleets: readonly string[];
  /** An on-demand rotation: asked only where there is time to wait for its end. */
  readonly rotationRunning: boolean | 'not-asked' | KmsFailure;
  /** Where imported key material must not have expired until when: asked of operations that can wait. */
  readonly materialNeeded: MaterialNeed | 'not-asked';
}
