import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Limiter } from '../../../../simulator/kms/limits/limiter.ts';
import { SlidingSecond } from '../../../../simulator/kms/limits/sliding-second.ts';
import { TokenBucket } from '../../../../simulator/kms/limits/token-bucket.ts';

/** How many calls of one unit are let through at once. */
const burst = (limiter: Limiter, nowMs: number, calls = 20): number => {
  let admitted = 0;
  for (let call = 0; call < calls; call += 1) {
    if (!limiter.allows(1, nowMs)) continue;
    limiter.spend(1, nowMs);
    admitted += 1;
  }
  return admitted;
};

describe('A token bucket of five a second', () => {
  it('lets as many through at once as it is wide, then one every 200 ms', () => {
    for (const capacity of [5, 2]) {
      const bucket = new TokenBucket(5, capacity);

      assert.equal(burst(bucket, 10_000), capacity);
      assert.equal(burst(bucket, 10_199), 0);
      assert.equal(burst(bucket, 10_200), 1);
      assert.equal(burst(bucket, 60_000), capacity);
    }
  });

  it('goes into debt by at most its own width when refused calls are charged', () => {
    const bucket = new TokenBucket(5, 5);
    for (let call = 0; call < 100; call += 1) bucket.spend(1, 10_000);

    assert.equal(bucket.allows(1, 11_000), false);
    assert.equal(bucket.allows(1, 11_200), true);
  });
});

describe('A sliding second of five calls', () => {
  it('never lets a sixth through within any second, wherever that begins', () => {
    const limiter = new SlidingSecond(5);

    assert.equal(burst(limiter, 10_000, 2), 2);
    assert.equal(burst(limiter, 10_500), 3);
    assert.equal(burst(limiter, 10_999), 0);
    assert.equal(burst(limiter, 11_000), 2);
    assert.equal(burst(limiter, 11_499), 0);
    assert.equal(burst(limiter, 11_500), 3);
  });

  it('has room for a call of two units only when both fit', () => {
    const limiter = new SlidingSecond(5);
    limiter.spend(2, 10_000);
    limiter.spend(2, 10_100);

    assert.equal(limiter.allows(1, 10_500), true);
    assert.equal(limiter.allows(2, 10_500), false);
    assert.equal(limiter.allows(2, 11_000), true);
  });
});

describe('A sliding second of less than one call', () => {
  it('is as many seconds as one call takes', () => {
    const limiter = new SlidingSecond(0.25);

    assert.equal(burst(limiter, 10_000), 1);
    assert.equal(burst(limiter, 13_999), 0);
    assert.equal(burst(limiter, 14_000), 1);
  });
});
