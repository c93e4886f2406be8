import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOpen } from '../../../core/coordination/breaker.ts';

describe('The breaker', () => {
  it('is closed for a run in which no proof failed', () => {
    assert.equal(isOpen(undefined), false);
    assert.equal(isOpen({ proofsFailed: 0 }), false);
  });

  it('opens at the third failed proof', () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((proofsFailed) => isOpen({ proofsFailed })),
      [false, false, true, true],
    );
  });
});
