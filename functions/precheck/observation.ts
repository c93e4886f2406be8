import type { FleetException } from '../../core/fleet/schema.ts';
import type { Readings } from '../../core/key/agree.ts';
import type { KmsFailure } from '../../core/key/failure.ts';
import type { Region } from '../../core/region.ts';

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
}
