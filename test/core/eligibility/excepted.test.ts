import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { excepted } from '../../../core/eligibility/excepted.ts';
import { anException as exception, observationWith } from '../../support/observations.ts';

describe('The rule on exceptions', () => {
  it('passes a key without one', () => assert.deepEqual(excepted(observationWith()), { kind: 'pass' }));

  it('refuses a key with one, and says why, who asked and until when', () =>
    assert.deepEqual(excepted(observationWith({ exception })), {
      kind: 'refuse',
      reason: 'EXCEPTED',
      detail: 'the vault is being migrated (payments-platform, until 2026-12-31)',
    }));
});
