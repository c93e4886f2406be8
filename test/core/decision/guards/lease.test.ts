import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Lease } from '../../../../core/coordination/lease.ts';
import { PROMOTE_MS_MAX, SKEW_MS } from '../../../../core/coordination/lease.ts';
import { lease } from '../../../../core/decision/guards/lease.ts';
import { known } from '../../../../core/decision/known.ts';
import { intentId } from '../../../../core/run/name.ts';
import { OPERATIONS } from '../../../../core/run/operation.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';
import { requestWith } from '../../../support/runs.ts';

const { now } = circumstancesWith();
const held = (changes: Partial<Lease> = {}) =>
  known<Lease>({ holder: 'other-1', operation: 'failover', fence: 3, expiresAt: now + 60_000, released: false, ...changes });

describe('The lease', () => {
  it('lets pass only what is more urgent than the run that holds it', () => {
    const answers = OPERATIONS.map((operation) =>
      OPERATIONS.map(
        (holding) => lease.judge(circumstancesWith({ request: requestWith({ operation }), lease: held({ operation: holding }) })).kind,
      ),
    );

    assert.deepEqual(answers, [
      ['refuse', 'pass', 'pass', 'pass'],
      ['refuse', 'refuse', 'pass', 'pass'],
      ['refuse', 'refuse', 'refuse', 'pass'],
      ['refuse', 'refuse', 'refuse', 'refuse'],
    ]);
  });

  it('binds people as well, and says which run is in the way', () => {
    assert.deepEqual(lease.judge(circumstancesWith({ start: { by: 'person' }, lease: held() })), {
      kind: 'refuse',
      rule: 'LEASE_HELD',
      why: 'run other-1 (failover) holds fleet payments, and a failover does not pre-empt it',
      liftedBy: 'the end of that run',
    });
  });

  it('is in nobody’s way once it was given back, or nothing of its run can be at work any more', () => {
    const stillAtWork = now - PROMOTE_MS_MAX - SKEW_MS + 1;

    assert.equal(lease.judge(circumstancesWith({ lease: held({ released: true }) })).kind, 'pass');
    assert.equal(lease.judge(circumstancesWith({ lease: held({ expiresAt: stillAtWork }) })).kind, 'refuse');
    assert.equal(lease.judge(circumstancesWith({ lease: held({ expiresAt: stillAtWork - 1 }) })).kind, 'pass');
  });

  it('of a run of the same intent is waited for', () => {
    const holder = `${intentId(requestWith())}-1`;

    assert.equal(lease.judge(circumstancesWith({ lease: held({ holder }) })).kind, 'pass');
  });
});
