import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { enoughEligible } from '../../../../core/decision/guards/enough-eligible.ts';
import { known } from '../../../../core/decision/known.ts';
import type { Start } from '../../../../core/decision/start.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';
import { requestWith } from '../../../support/runs.ts';

const judged = (eligible: number, looked: number, start: Start, operation: 'failover' | 'switchover') =>
  enoughEligible.judge(
    circumstancesWith({ request: requestWith({ operation }), start, eligibility: known({ eligible, looked, because: [] }) }),
  ).kind;

const samples = fc.integer({ min: 0, max: 100 }).chain((looked) => fc.tuple(fc.integer({ min: 0, max: looked }), fc.constant(looked)));

describe('The keys that can be moved', () => {
  it('are enough for a signal’s failover from one half on', () => {
    fc.assert(
      fc.property(samples, ([eligible, looked]) => {
        const isEnough = looked > 0 && eligible / looked >= 0.5;
        assert.equal(judged(eligible, looked, { by: 'signal' }, 'failover'), isEnough ? 'pass' : 'refuse');
      }),
    );
  });

  it('are all needed for a switchover, whoever asks', () => {
    fc.assert(
      fc.property(samples, ([eligible, looked]) => {
        const isEnough = looked > 0 && eligible === looked;
        assert.equal(judged(eligible, looked, { by: 'person' }, 'switchover'), isEnough ? 'pass' : 'refuse');
      }),
    );
  });

  it('are never too few for a failover that a person wants', () => {
    fc.assert(fc.property(samples, ([eligible, looked]) => assert.equal(judged(eligible, looked, { by: 'person' }, 'failover'), 'pass')));
  });

  it('are told in numbers and reasons', () => {
    const eligibility = known({ eligible: 3, looked: 20, because: ['12 NO_REPLICA', '5 TARGET_DISABLED'] });

    assert.deepEqual(enoughEligible.judge(circumstancesWith({ eligibility })), {
      kind: 'refuse',
      rule: 'TOO_FEW_ELIGIBLE',
      why: '3 of 20 keys that were looked at can be moved (12 NO_REPLICA, 5 TARGET_DISABLED)',
      liftedBy: 'replicas and rights in the target for more of the keys, or a person who approves',
    });
  });
});
