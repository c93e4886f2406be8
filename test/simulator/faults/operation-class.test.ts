import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operationClassOf } from '../../../simulator/faults/operation-class.ts';
import { OPERATIONS } from '../../../simulator/kms/operations/table.ts';

const USES = [
  'Decrypt',
  'DeriveSharedSecret',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GenerateRandom',
  'ReEncrypt',
  'Sign',
  'Verify',
  'VerifyMac',
];

describe('The class of an operation', () => {
  it('is crypto for every use of a key, and for nothing else', () => {
    assert.deepEqual([...OPERATIONS.keys()].filter((name) => operationClassOf(name) === 'crypto').toSorted(), USES);
  });

  it('is read for what only looks', () => {
    const reads = [...OPERATIONS.keys()].filter((name) => operationClassOf(name) === 'read');

    assert.ok(reads.length >= 7);
    assert.ok(
      reads.every((name) => /^(Describe|Get|List)/.test(name)),
      String(reads),
    );
  });

  for (const name of ['UpdatePrimaryRegion', 'CreateKey', 'ReplicateKey', 'ScheduleKeyDeletion', 'DisableKey', 'PutKeyPolicy', 'unknown'])
    it(`is write for ${name}`, () => assert.equal(operationClassOf(name), 'write'));
});
