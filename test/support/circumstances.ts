import type { Circumstances } from '../../core/decision/circumstances.ts';
import { known } from '../../core/decision/known.ts';
import { region } from '../../core/region.ts';
import type { Judged } from '../../core/verdict/verdict.ts';
import { fleetWith } from './fleet.ts';
import { requestWith } from './runs.ts';

const degraded: Judged = { verdict: 'degraded', why: '7 of 20 probes failed' };
const healthy: Judged = { verdict: 'healthy', why: 'all of 20 probes succeeded' };

/** A signal that asks for a failover of a fleet in automatic posture out of a degraded Region, and nothing that speaks against it. */
export const circumstancesWith = (changes: Partial<Circumstances> = {}): Circumstances => ({
  request: requestWith(),
  fleet: fleetWith({ posture: 'automatic' }),
  start: { by: 'signal' },
  now: Date.UTC(2026, 9, 20, 8),
  switches: known([]),
  lease: known(undefined),
  history: known({}),
  lastMoveOpen: known(false),
  incidents: known([]),
  stopAlarms: known([]),
  verdicts: new Map([
    [region('us-east-1'), degraded],
    [region('us-west-2'), healthy],
  ]),
  eligibility: known({ eligible: 20, looked: 20, because: [] }),
  homeHealthySince: known(undefined),
  override: [],
  ...changes,
});
