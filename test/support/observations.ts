import assert from 'node:assert/strict';
import type { Observation } from '../../core/eligibility/observation.ts';
import type { FleetException } from '../../core/fleet/schema.ts';
import { fleetWith } from './fleet.ts';
import { keyRef, readingsOf, SOURCE, TARGET, viewOf } from './keys.ts';

/** A key that can be moved: primary in the source, a replica in the target, both enabled. */
export const observationWith = (changes: Partial<Observation> = {}): Observation => ({
  primary: SOURCE,
  target: TARGET,
  readings: readingsOf({ [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET) }),
  exception: undefined,
  otherFleets: [],
  rotationRunning: 'not-asked',
  materialNeeded: 'not-asked',
  ...changes,
});

const reasonable = { key: keyRef().keyId, reason: 'the vault is being migrated', owner: 'payments-platform', expires: '2026-12-31' };

/** The fleet that makes an exception for key 1 until the end of 2026. */
export const fleetWithException = fleetWith({ exceptions: [reasonable] });

export const anException: FleetException = fleetWithException.exceptions[0] ?? assert.fail('the fleet has no exception');
