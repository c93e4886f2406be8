import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OPERATIONS, preempts } from '../../../core/run/operation.ts';

describe('An operation', () => {
  it('pre-empts the less urgent ones, and neither itself nor a more urgent one', () => {
    const table = OPERATIONS.map((one) => OPERATIONS.filter((other) => preempts(one, other)));

    assert.deepEqual(Object.fromEntries(OPERATIONS.map((one, index) => [one, table[index]])), {
      failover: ['failback', 'switchover', 'drill'],
      failback: ['switchover', 'drill'],
      switchover: ['drill'],
      drill: [],
    });
  });
});
