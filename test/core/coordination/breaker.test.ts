import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isOpen, withFailedProofs } from '../../../core/coordination/breaker.ts';

describe('The breaker', () => {
  it('is closed for a run in which no proof failed', () => {
    assert.equal(isOpen(undefined), false);
    assert.equal(isOpen({ proofsFailed: 0, inCanary: 0 }), false);
  });

  it('opens at the third failed proof', () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((proofsFailed) => isOpen({ proofsFailed, inCanary: 0 })),
      [false, false, true, true],
    );
  });

  it('opens at the first failed proof of the canary', () => {
    assert.equal(isOpen(withFailedProofs(undefined, 1, true)), true);
    assert.equal(isOpen(withFailedProofs(undefined, 1, false)), false);
  });

  it('adds up what failed in and after the canary', () => {
    assert.deepEqual(withFailedProofs(withFailedProofs(undefined, 1, true), 2, false), { proofsFailed: 3, inCanary: 1 });
  });
});
