import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { enabledOn } from '../../../core/eligibility/enabled.ts';
import type { Verdict } from '../../../core/eligibility/rule.ts';
import type { KeyState } from '../../../core/key/key.ts';
import { TARGET, viewOf } from '../../support/keys.ts';

const verdicts: Readonly<Record<KeyState, Verdict>> = {
  Enabled: { kind: 'pass' },
  Disabled: { kind: 'refuse', reason: 'TARGET_DISABLED', detail: 'Disabled in us-west-2' },
  PendingDeletion: { kind: 'refuse', reason: 'PENDING_DELETION', detail: 'PendingDeletion in us-west-2' },
  PendingReplicaDeletion: { kind: 'refuse', reason: 'PENDING_DELETION', detail: 'PendingReplicaDeletion in us-west-2' },
  PendingImport: { kind: 'refuse', reason: 'PENDING_IMPORT', detail: 'PendingImport in us-west-2' },
  Creating: { kind: 'unknown', detail: 'Creating in us-west-2' },
  Updating: { kind: 'unknown', detail: 'Updating in us-west-2' },
  Unavailable: { kind: 'unknown', detail: 'Unavailable in us-west-2' },
};

describe('What a key’s state means on one side', () => {
  for (const [state, verdict] of Object.entries(verdicts))
    it(`${state}: ${verdict.kind}`, () =>
      assert.deepEqual(enabledOn(viewOf(TARGET, { state: state as KeyState }), 'TARGET_DISABLED'), verdict));

  it('cannot be told of a key that was not seen', () =>
    assert.deepEqual(enabledOn(undefined, 'TARGET_DISABLED'), { kind: 'unknown', detail: 'the key’s state could not be read' }));
});
