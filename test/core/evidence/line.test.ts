import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concluded } from '../../../core/batch/record.ts';
import { evidenceLine } from '../../../core/evidence/line.ts';
import { because, PROMOTED } from '../../../core/outcome/outcome.ts';
import { ACCOUNT, keyRef, SOURCE, TARGET } from '../../support/keys.ts';
import { recordWith } from '../../support/runs.ts';

const moved = concluded(
  recordWith({
    spec: 'SYMMETRIC_DEFAULT',
    usage: 'ENCRYPT_DECRYPT',
    algorithms: ['SYMMETRIC_DEFAULT'],
    origin: SOURCE,
    primary: TARGET,
    regions: [SOURCE, TARGET],
    material: { madeIn: SOURCE, ciphertext: 'c2VjcmV0' },
    attempts: 1,
    requestIds: ['r-1'],
    sentAt: 1,
    acceptedAt: 2,
    verifiedAt: 3,
    proof: 'proven',
    provenIn: [SOURCE, TARGET],
    notes: ['SELECTOR_DRIFT: somewhere'],
  }),
  PROMOTED,
);

describe('A key’s line of evidence', () => {
  it('tells its way from origin to proof', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(evidenceLine(moved))), {
      account: ACCOUNT,
      keyId: keyRef().keyId,
      spec: 'SYMMETRIC_DEFAULT',
      usage: 'ENCRYPT_DECRYPT',
      outcome: 'promoted',
      origin: SOURCE,
      primary: TARGET,
      regions: [SOURCE, TARGET],
      proof: 'proven',
      provenIn: [SOURCE, TARGET],
      attempts: 1,
      requestIds: ['r-1'],
      sentAt: 1,
      acceptedAt: 2,
      verifiedAt: 3,
      notes: ['SELECTOR_DRIFT: somewhere'],
    });
  });

  it('never shows ciphertext', () => assert.ok(!JSON.stringify(evidenceLine(moved)).includes('c2VjcmV0')));

  it('gives the reason and KMS’s words where the key did not move', () => {
    const line = evidenceLine(concluded(recordWith(), because('TARGET_DISABLED'), 'DisabledException: … is disabled.'));

    assert.deepEqual([line.outcome, line.reason, line.detail], ['ineligible', 'TARGET_DISABLED', 'DisabledException: … is disabled.']);
  });
});
