import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { costOf, type Usage } from '../../bench/cost.ts';

const NOTHING: Usage = {
  calls: {},
  tenantCalls: 0,
  stateTransitions: 0,
  invocations: 0,
  gbSeconds: 0,
  tableReads: 0,
  tableWrites: 0,
  storeGets: 0,
  storePuts: 0,
};
const usd = (usage: Partial<Usage>) => Number(costOf({ ...NOTHING, ...usage }).usd.toFixed(9));

describe('What a move costs', () => {
  it('is 3 cents for ten thousand requests to KMS, the second tenant’s not among them', () => {
    assert.equal(usd({ calls: { DescribeKey: 10_000 } }), 0.03);
    assert.equal(usd({ calls: { UpdatePrimaryRegion: 15_000 }, tenantCalls: 5_000 }), 0.03);
  });

  it('is more for the keys of other kinds than RSA_2048 and symmetric ones, which are half of the asymmetric ones', () =>
    assert.equal(usd({ calls: { Sign: 10_000 } }), 0.09));

  it('counts a write to the table once for each replica', () => assert.equal(usd({ tableWrites: 1_000_000 }), 1.25));

  it('tells apart what KMS does not ask for', () => {
    const { usd: all, usdWithoutKms } = costOf({ ...NOTHING, calls: { Decrypt: 10_000 }, stateTransitions: 1_000 });

    assert.equal(Number((all - usdWithoutKms).toFixed(9)), 0.03);
    assert.equal(usdWithoutKms, 0.025);
  });
});
