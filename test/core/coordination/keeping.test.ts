import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { opened } from '../../../core/coordination/intent.ts';
import { isNeeded, isOld, KEPT_MS } from '../../../core/coordination/keeping.ts';
import type { FleetWatch, Watch } from '../../../core/coordination/watch.ts';
import { fleetSchema } from '../../../core/fleet/schema.ts';
import { SOURCE } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';

const DAY_MS = 24 * 3_600_000;
const over = { ...opened(requestWith(), 0), state: 'closed' } as const;
const watchOn = (incident: string, changes: Partial<Watch> = {}): Watch => ({
  incident,
  region: SOURCE,
  origin: 'arn',
  heardAt: KEPT_MS,
  changes: 0,
  ...changes,
});

describe('An intent', () => {
  it('is old a hundred days after it was opened, but never while it is open', () => {
    assert.equal(isOld(over, KEPT_MS), false);
    assert.equal(isOld(over, KEPT_MS + 1), true);
    assert.equal(isOld({ ...over, state: 'open' }, KEPT_MS + 1), false);
  });

  it('is needed while its incident is still heard of, or one that shares its run', () => {
    const joined: FleetWatch = { watches: [watchOn('alarm', { request: over.request })] };

    assert.equal(isNeeded(over, {}), false);
    assert.equal(isNeeded(over, { watches: { watches: [watchOn('alarm')] } }), false);
    assert.equal(isNeeded(over, { watches: { watches: [watchOn(over.request.incident)] } }), true);
    assert.equal(isNeeded(over, { watches: joined }), true);
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
