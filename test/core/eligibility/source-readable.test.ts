import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourceReadable } from '../../../core/eligibility/source-readable.ts';
import { failing, readingsOf, SOURCE, TARGET, viewOf } from '../../support/keys.ts';
import { observationWith } from '../../support/observations.ts';

describe('The rule on reading the primary', () => {
  it('passes a primary that is seen, in whatever state', () => {
    assert.deepEqual(sourceReadable(observationWith({ readings: readingsOf({ [SOURCE]: viewOf(SOURCE, { state: 'Disabled' }) }) })), {
      kind: 'pass',
    });
  });

  it('refuses when the source denies the look, in KMS’s words', () => {
    const readings = readingsOf({ [SOURCE]: failing('denied', { message: 'not authorized' }) });

    assert.deepEqual(sourceReadable(observationWith({ readings })), { kind: 'refuse', reason: 'DENIED_SOURCE', detail: 'not authorized' });
  });

  it('cannot tell when the source is silent', () => {
    const readings = readingsOf({ [SOURCE]: failing('unreachable', { errorName: 'TimeoutError', message: 'no answer' }) });

    assert.deepEqual(sourceReadable(observationWith({ readings })), { kind: 'unknown', detail: 'us-east-1: TimeoutError no answer' });
  });

  it('cannot tell when nobody knows where the primary is, or its Region was not asked', () => {
    const unknown = { kind: 'unknown', detail: 'no Region says where the primary is' };

    assert.deepEqual(sourceReadable(observationWith({ primary: undefined })), unknown);
    assert.deepEqual(sourceReadable(observationWith({ readings: readingsOf({ [TARGET]: viewOf(TARGET) }) })), unknown);
  });
});
