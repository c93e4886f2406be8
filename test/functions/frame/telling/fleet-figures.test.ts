import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Intent } from '../../../../core/coordination/intent.ts';
import { type FleetState, fleetFigures } from '../../../../functions/frame/telling/fleet-figures.ts';
import { fleetWith } from '../../../support/fleet.ts';
import { keyRef, SOURCE } from '../../../support/keys.ts';
import { requestWith } from '../../../support/runs.ts';

const NOW = 10_000_000;
const quiet: FleetState = { name: 'payments', fleet: fleetWith(), intents: [], lease: undefined, switches: [], history: {} };
const figures = (changes: Partial<FleetState>) => fleetFigures({ ...quiet, ...changes }, NOW).figures;

const waiting: Intent = {
  request: requestWith(),
  openedAt: NOW - 90_000,
  runs: ['payments-0-1'],
  state: 'open',
  blockedSample: [{ ...keyRef(), region: SOURCE }],
};

describe('A fleet in figures', () => {
  it('is all zeros while nothing goes on', () => {
    assert.deepEqual(fleetFigures(quiet, NOW), {
      fleet: 'payments',
      figures: { BlockedAgeSeconds: 0, LeasesHeld: 0, CooldownSecondsLeft: 0, AutomationDisabledSeconds: 0 },
    });
  });

  it('shows how long the oldest open intent has had blocked keys', () => {
    const older = { ...waiting, openedAt: NOW - 300_000 };
    assert.equal(figures({ intents: [waiting, older] }).BlockedAgeSeconds, 300);
    assert.equal(figures({ intents: [waiting, { ...older, state: 'closed' }] }).BlockedAgeSeconds, 90);
    assert.equal(figures({ intents: [waiting, { ...older, blockedSample: [] }] }).BlockedAgeSeconds, 90);
  });

  it('shows a lease that is held, and none that was given back or ran out', () => {
    const lease = { holder: 'payments-0-1', operation: 'failover', fence: 1, expiresAt: NOW + 1, released: false } as const;
    assert.equal(figures({ lease }).LeasesHeld, 1);
    assert.equal(figures({ lease: { ...lease, released: true } }).LeasesHeld, 0);
    assert.equal(figures({ lease: { ...lease, expiresAt: NOW } }).LeasesHeld, 0);
  });

  it('shows for how long a switch has been on', () => {
    const on = { scope: 'fleet', owner: 'anna', reason: 'maintenance', thrownAt: NOW - 60_000, expiresAt: NOW + 1 } as const;
    assert.equal(figures({ switches: [on] }).AutomationDisabledSeconds, 60);
  });
});
