import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MATERIAL_HORIZON_MS, materialNeed } from '../../../core/eligibility/material-need.ts';
import type { Operation } from '../../../core/run/operation.ts';
import { fleetWith } from '../../support/fleet.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';

const now = Date.UTC(2026, 9, 20, 8);
const needOf = (operation: Operation, target = TARGET) =>
  materialNeed(requestWith({ operation }), fleetWith({ drill: { holdSeconds: 600 } }), target, now);

describe('What a run needs of imported key material', () => {
  it('is nothing in a failover, which does not wait for people', () => assert.equal(needOf('failover'), 'not-asked'));

  it('is a day in the target for operations that stay there', () => {
    for (const operation of ['failback', 'switchover'] as const)
      assert.deepEqual(needOf(operation), { regions: [TARGET], until: now + MATERIAL_HORIZON_MS });
  });

  it('is its hold and a day on both sides for a drill, and nothing on its way back, which leaves no key behind', () => {
    assert.deepEqual(needOf('drill'), { regions: [TARGET, SOURCE], until: now + 600_000 + MATERIAL_HORIZON_MS });
    assert.equal(needOf('drill', SOURCE), 'not-asked');
  });
});
