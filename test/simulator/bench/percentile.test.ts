import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { percentile } from '../../../simulator/bench/percentile.ts';

describe('percentile', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, index) => index + 1);

  for (const { share, value } of [
    { share: 0.001, value: 1 },
    { share: 0.5, value: 50 },
    { share: 0.99, value: 99 },
    { share: 1, value: 100 },
  ]) {
    it(`is ${value} for ${share} of 1 to 100`, () => assert.equal(percentile(hundred, share), value));
  }

  it('is no number when there is nothing', () => assert.equal(percentile(new Float64Array(), 0.5), Number.NaN));
});
