import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { notRotating } from '../../../core/eligibility/not-rotating.ts';
import { failing } from '../../support/keys.ts';
import { observationWith } from '../../support/observations.ts';

describe('The rule on rotation', () => {
  it('passes a key that is not rotating, and one of which it was not asked', () => {
    assert.deepEqual(notRotating(observationWith({ rotationRunning: false })), { kind: 'pass' });
    assert.deepEqual(notRotating(observationWith({ rotationRunning: 'not-asked' })), { kind: 'pass' });
  });

  it('refuses a key whose on-demand rotation is under way', () =>
    assert.deepEqual(notRotating(observationWith({ rotationRunning: true })), {
      kind: 'refuse',
      reason: 'ROTATING',
      detail: 'an on-demand rotation has started and not ended',
    }));

  it('refuses a key whose rotation status we may not read: asking again would not change that', () =>
    assert.deepEqual(notRotating(observationWith({ rotationRunning: failing('denied') })), {
      kind: 'refuse',
      reason: 'DENIED_SOURCE',
      detail: 'denied message',
    }));

  it('cannot tell when the rotation status could not be read', () =>
    assert.deepEqual(notRotating(observationWith({ rotationRunning: failing('unreachable') })), {
      kind: 'unknown',
      detail: 'the rotation status could not be read: unreachable error unreachable message',
    }));
});
