import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concluded, newRecord } from '../../../core/batch/record.ts';
import { because, PROMOTED } from '../../../core/outcome/outcome.ts';
import { ACCOUNT, keyRef } from '../../support/keys.ts';
import { recordWith } from '../../support/runs.ts';

describe('A new record', () => {
  it('knows the key and nothing of it', () => {
    assert.deepEqual(newRecord(keyRef()), {
      account: ACCOUNT,
      keyId: keyRef().keyId,
      phase: 'new',
      regions: [],
      attempts: 0,
      requestIds: [],
      proof: 'not-tried',
      provenIn: [],
      notes: [],
    });
  });

  it('takes nothing else over from the key that it is made for', () => {
    const found = { ...keyRef(), listedIn: ['us-east-1'] };

    assert.deepEqual(newRecord(found), newRecord(keyRef()));
  });
});

describe('A concluded record', () => {
  it('is done, with its outcome and the words that go with it', () => {
    const record = recordWith({ phase: 'sent' });

    assert.deepEqual(concluded(record, because('NO_REPLICA'), 'no replica in us-west-2'), {
      ...record,
      phase: 'done',
      outcome: { kind: 'ineligible', reason: 'NO_REPLICA' },
      detail: 'no replica in us-west-2',
    });
  });

  it('keeps the last words when there are no new ones', () => {
    assert.equal(concluded(recordWith({ detail: 'as KMS said' }), PROMOTED).detail, 'as KMS said');
  });

  it('keeps its first outcome', () => {
    const first = concluded(recordWith(), PROMOTED);

    assert.equal(concluded(first, because('PROOF_FAILED'), 'too late'), first);
  });
});
