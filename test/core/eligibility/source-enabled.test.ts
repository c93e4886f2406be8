import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourceEnabled } from '../../../core/eligibility/source-enabled.ts';
import { readingsOf, SOURCE, TARGET, viewOf } from '../../support/keys.ts';
import { observationWith } from '../../support/observations.ts';

const unreadable = { kind: 'unknown', detail: 'the key’s state could not be read' };

describe('The rule on the primary’s state', () => {
  it('passes an enabled primary, whatever the state of the replica', () => {
    const readings = readingsOf({ [SOURCE]: viewOf(SOURCE), [TARGET]: viewOf(TARGET, { state: 'Disabled' }) });

    assert.deepEqual(sourceEnabled(observationWith({ readings })), { kind: 'pass' });
  });

  it('refuses a disabled primary as that of the source', () => {
    const readings = readingsOf({ [SOURCE]: viewOf(SOURCE, { state: 'Disabled' }), [TARGET]: viewOf(TARGET) });

    assert.deepEqual(sourceEnabled(observationWith({ readings })), {
      kind: 'refuse',
      reason: 'SOURCE_DISABLED',
      detail: 'Disabled in us-east-1',
    });
  });

  it('cannot tell when the primary does not answer or is not known', () => {
    assert.deepEqual(sourceEnabled(observationWith({ readings: readingsOf({ [SOURCE]: 'unreachable' }) })), unreadable);
    assert.deepEqual(sourceEnabled(observationWith({ primary: undefined })), unreadable);
  });
});
