import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inTwoFleets } from '../../../core/eligibility/in-two-fleets.ts';
import { observationWith } from '../../support/observations.ts';

describe('The rule on belonging to one fleet', () => {
  it('passes a key that no other fleet selects', () => assert.deepEqual(inTwoFleets(observationWith()), { kind: 'pass' }));

  it('refuses a key that others select too, and names them', () =>
    assert.deepEqual(inTwoFleets(observationWith({ otherFleets: ['orders', 'ledger'] })), {
      kind: 'refuse',
      reason: 'IN_TWO_FLEETS',
      detail: 'also selected by orders, ledger',
    }));
});
