import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { multiRegion } from '../../../core/eligibility/multi-region.ts';
import { readingsOf, SOURCE, singleView } from '../../support/keys.ts';
import { observationWith } from '../../support/observations.ts';

describe('The rule on multi-Region keys', () => {
  it('passes one', () => assert.deepEqual(multiRegion(observationWith()), { kind: 'pass' }));

  it('passes a key of which nothing was seen', () =>
    assert.deepEqual(multiRegion(observationWith({ readings: readingsOf({ [SOURCE]: 'unreachable' }) })), { kind: 'pass' }));

  it('refuses a single-Region key, and says where it is', () =>
    assert.deepEqual(multiRegion(observationWith({ readings: readingsOf({ [SOURCE]: singleView(SOURCE) }) })), {
      kind: 'refuse',
      reason: 'NOT_MULTI_REGION',
      detail: 'a single-Region key in us-east-1',
    }));
});
