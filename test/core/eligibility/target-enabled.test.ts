import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { targetEnabled } from '../../../core/eligibility/target-enabled.ts';
import { readingsOf, SOURCE, TARGET, viewOf } from '../../support/keys.ts';
import { observationWith } from '../../support/observations.ts';

describe('The rule on the replica’s state', () => {
  it('passes an enabled replica, whatever the state of the primary', () => {
    const readings = readingsOf({ [SOURCE]: viewOf(SOURCE, { state: 'Disabled' }), [TARGET]: viewOf(TARGET) });

    assert.deepEqual(targetEnabled(observationWith({ readings })), { kind: 'pass' });
  });

  it('refuses a disabled replica as that of the target', () => {
    const readings = readingsOf({ [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { state: 'Disabled' }) });

    assert.deepEqual(targetEnabled(observationWith({ readings })), {
      kind: 'refuse',
      reason: 'TARGET_DISABLED',
      detail: 'Disabled in us-west-2',
    });
  });

  it('cannot tell when the target does not answer', () => {
    const readings = readingsOf({ [SOURCE]: viewOf(SOURCE), [TARGET]: 'unreachable' });

    assert.deepEqual(targetEnabled(observationWith({ readings })), { kind: 'unknown', detail: 'the key’s state could not be read' });
  });
});
