import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { known } from '../../../core/eligibility/known.ts';
import { readingsOf, SOURCE, TARGET, viewOf } from '../../support/keys.ts';
import { observationWith } from '../../support/observations.ts';

const verdictOn = (readings: Parameters<typeof readingsOf>[0]) => known(observationWith({ readings: readingsOf(readings) }));

describe('The rule on being known', () => {
  it('passes a key that one Region knows', () =>
    assert.deepEqual(verdictOn({ [SOURCE]: 'not-found', [TARGET]: viewOf(TARGET) }), { kind: 'pass' }));

  it('passes a key that a silent Region may know', () =>
    assert.deepEqual(verdictOn({ [SOURCE]: 'unreachable', [TARGET]: 'not-found' }), { kind: 'pass' }));

  it('refuses a key that every Region answers not to know', () =>
    assert.deepEqual(verdictOn({ [SOURCE]: 'not-found', [TARGET]: 'not-found' }), {
      kind: 'refuse',
      reason: 'NOT_FOUND',
      detail: 'not known in us-east-1, us-west-2',
    }));

  it('passes a key that nobody was asked for', () => assert.deepEqual(verdictOn({}), { kind: 'pass' }));
});
