import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LEASE_MS, type Lease } from '../../../core/coordination/lease.ts';
import { known } from '../../../core/decision/known.ts';
import { preemptedByIncident } from '../../../core/decision/preemption.ts';
import { circumstancesWith } from '../../support/circumstances.ts';
import { requestWith } from '../../support/runs.ts';

const { now } = circumstancesWith();
const drill: Lease = { holder: 'drill-1', operation: 'drill', fence: 1, expiresAt: now + LEASE_MS, released: false };
const by = (changes: Partial<Lease>, operation: 'failover' | 'switchover' = 'failover') =>
  preemptedByIncident(circumstancesWith({ request: requestWith({ operation }), lease: known({ ...drill, ...changes }) }))?.holder;

describe('An incident takes the fleet', () => {
  it('from a less urgent run that goes, and from one that gave it back for its sake', () => {
    assert.equal(by({}), 'drill-1');
    assert.equal(by({ preemptedBy: 'payments-0-1', released: true }), 'drill-1');
  });

  it('from nobody who gave it back by itself, from no run of its own class, and a switchover is no incident', () => {
    assert.equal(by({ released: true }), undefined);
    assert.equal(by({ operation: 'failover' }), undefined);
    assert.equal(by({}, 'switchover'), undefined);
  });
});
