import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { opened } from '../../../core/coordination/intent.ts';
import { isForgotten, KEPT_MS } from '../../../core/coordination/keeping.ts';
import type { FleetWatch } from '../../../core/coordination/watch.ts';
import { fleetSchema } from '../../../core/fleet/schema.ts';
import { SOURCE } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';

const DAY_MS = 24 * 3_600_000;
const over = { ...opened(requestWith(), 0), state: 'closed' } as const;
const heardOf: FleetWatch = { watches: [{ incident: over.request.incident, region: SOURCE, origin: 'arn', heardAt: KEPT_MS, changes: 0 }] };

describe('An intent', () => {
  it('is forgotten a hundred days after it was opened', () => {
    assert.equal(isForgotten(over, undefined, KEPT_MS), false);
    assert.equal(isForgotten(over, undefined, KEPT_MS + 1), true);
  });

  it('is kept while it is open, or while its incident is still heard of', () => {
    assert.equal(isForgotten({ ...over, state: 'open' }, undefined, KEPT_MS + 1), false);
    assert.equal(isForgotten(over, heardOf, KEPT_MS + 1), false);
  });

  it('is kept while an incident that has joined it is still heard of', () => {
    const joined = { incident: 'alarm', region: SOURCE, origin: 'alarm', heardAt: KEPT_MS, changes: 0, request: over.request };

    assert.equal(isForgotten(over, { watches: [joined] }, KEPT_MS + 1), false);
    assert.equal(isForgotten(over, { watches: [{ ...joined, request: requestWith({ incident: 'other' }) }] }, KEPT_MS + 1), true);
  });

  it('is kept when it is the way home, which would begin again without it', () => {
    const home = { ...over, request: requestWith({ operation: 'failback' }) };

    assert.equal(isForgotten(home, undefined, KEPT_MS + 1), false);
  });

  it('is kept for longer than any cooldown and any stability window that a fleet file may ask for', () => {
    const fleet = { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2'] };
    for (const days of [90, 100]) {
      const minutes = (days * DAY_MS) / 60_000;
      assert.equal(fleetSchema.safeParse({ ...fleet, cooldownMinutes: minutes }).success, false);
      assert.equal(fleetSchema.safeParse({ ...fleet, failback: { stableMinutes: minutes } }).success, false);
    }
    assert.equal(fleetSchema.safeParse(fleet).success, true);
  });
});
