import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { targetHoldsReplica } from '../../../core/eligibility/target-holds-replica.ts';
import { failing, readingsOf, SOURCE, TARGET, viewOf } from '../../support/keys.ts';
import { observationWith } from '../../support/observations.ts';

const verdictOn = (readings: Parameters<typeof readingsOf>[0]) => targetHoldsReplica(observationWith({ readings: readingsOf(readings) }));

describe('The rule on the replica in the target', () => {
  it('passes one that the target shows', () => assert.deepEqual(verdictOn({ [TARGET]: viewOf(TARGET) }), { kind: 'pass' }));

  it('refuses when the target does not know the key and nobody lists a replica there', () => {
    const refused = { kind: 'refuse', reason: 'NO_REPLICA', detail: 'no replica in us-west-2' };

    assert.deepEqual(verdictOn({ [SOURCE]: viewOf(SOURCE, { regions: [SOURCE] }), [TARGET]: 'not-found' }), refused);
    assert.deepEqual(verdictOn({ [SOURCE]: 'unreachable', [TARGET]: 'not-found' }), refused);
  });

  it('refuses when the target denies the look, in KMS’s words', () =>
    assert.deepEqual(verdictOn({ [TARGET]: failing('denied', { message: 'not authorized' }) }), {
      kind: 'refuse',
      reason: 'DENIED_TARGET',
      detail: 'not authorized',
    }));

  it('cannot tell when another Region lists the replica that the target does not know yet', () =>
    assert.deepEqual(verdictOn({ [SOURCE]: viewOf(SOURCE), [TARGET]: 'not-found' }), {
      kind: 'unknown',
      detail: 'us-west-2 does not know the key, but us-east-1 lists a replica there',
    }));

  it('cannot tell when the target is silent or was not asked', () => {
    assert.deepEqual(verdictOn({ [TARGET]: failing('unreachable', { errorName: 'TimeoutError', message: 'no answer' }) }), {
      kind: 'unknown',
      detail: 'us-west-2: TimeoutError no answer',
    });
    assert.deepEqual(verdictOn({ [SOURCE]: viewOf(SOURCE) }), { kind: 'unknown', detail: 'us-west-2: not asked' });
  });
});
