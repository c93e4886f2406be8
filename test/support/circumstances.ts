import type { Circumstances } from '../../core/decision/guard.ts';
import { fleetWith } from './fleet.ts';
import { requestWith } from './runs.ts';

/** A signal that asks for a failover of a fleet in automatic posture, and nothing that speaks against it. */
export const circumstancesWith = (changes: Partial<Circumstances> = {}): Circumstances => ({
  request: requestWith(),
  fleet: fleetWith({ posture: 'automatic' }),
  automatic: true,
  followUp: false,
  switches: [],
  ...changes,
});
