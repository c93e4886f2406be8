import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { etaSeconds, raisedQuota } from '../../../core/quota/eta.ts';

describe('How long a fleet takes', () => {
  it('follows from the keys of its busiest account and the rate', () => assert.equal(etaSeconds(1_000, 4), 295));

  it('would be less by a higher quota, which is worth asking for where it saves minutes', () => {
    assert.deepEqual(raisedQuota(10_000, 4), { quotaPerSecond: 25, ratePerSecond: 20, seconds: 545 });
    assert.equal(raisedQuota(100, 4), undefined);
    assert.equal(raisedQuota(10_000, 20), undefined);
  });
});
