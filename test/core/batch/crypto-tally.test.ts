import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withCrypto } from '../../../core/batch/batch.ts';
import { addedUp, fuller, NO_CRYPTO } from '../../../core/batch/crypto-tally.ts';
import { batchWith } from '../../support/runs.ts';

const ten = { calls: 10, failed: 0, examples: [] };
const two = { calls: 2, failed: 1, examples: ['us-west-2: no answer within 3 s'] };

describe('Cryptographic calls of a drill', () => {
  it('add up, with a few failures in words', () => {
    assert.deepEqual(addedUp([ten, two]), { calls: 12, failed: 1, examples: two.examples });
    assert.deepEqual(addedUp([]), NO_CRYPTO);
    assert.equal(addedUp(Array.from({ length: 9 }, () => two)).examples.length, 5);
  });

  it('are those of the fuller account when a step ran twice at once', () => {
    assert.equal(fuller(ten, two), ten);
    assert.equal(fuller(two, ten), ten);
    assert.equal(fuller(undefined, two), two);
    assert.equal(fuller(undefined, undefined), undefined);
  });

  it('are counted in their batch, which stays as it is when none were made', () => {
    const batch = batchWith();

    assert.equal(withCrypto(batch, NO_CRYPTO), batch);
    assert.deepEqual(withCrypto(withCrypto(batch, ten), two).crypto, addedUp([ten, two]));
  });
});
