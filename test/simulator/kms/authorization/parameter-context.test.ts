import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parameterContext } from '../../../../simulator/kms/authorization/parameter-context.ts';

const has = (
  action: string,
  parameters: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
  keyIdText?: string,
) => {
  const context = parameterContext(action, parameters, keyIdText);
  assert.deepEqual(Object.fromEntries(Object.keys(wanted).map((name) => [name, context[name]])), wanted);
};

describe('The condition keys of a request', () => {
  it('repeat its parameters as texts', () => {
    has('UpdatePrimaryRegion', { PrimaryRegion: 'us-west-2' }, { 'kms:PrimaryRegion': 'us-west-2', 'kms:ReplicaRegion': undefined });
    has('EnableKeyRotation', { RotationPeriodInDays: 90 }, { 'kms:RotationPeriodInDays': '90' });
    has('CreateGrant', { Operations: ['Decrypt', 'Encrypt'] }, { 'kms:GrantOperations': ['Decrypt', 'Encrypt'] });
  });

  it('hold what KMS takes for said', () => {
    has('Encrypt', {}, { 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' });
    has('Encrypt', { EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' }, { 'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_256' });
    has('PutKeyPolicy', {}, { 'kms:BypassPolicyLockoutSafetyCheck': 'false' });
  });

  it('hold the encryption context, pair by pair and as a list of its keys', () => {
    has(
      'Decrypt',
      { EncryptionContext: { team: 'payments', day: '1' } },
      {
        'kms:EncryptionContext:team': 'payments',
        'kms:EncryptionContext:day': '1',
        'kms:EncryptionContextKeys': ['team', 'day'],
      },
    );
    has('Decrypt', {}, { 'kms:EncryptionContextKeys': undefined });
  });

  it('hold of ReEncrypt what concerns the side that is asked about', () => {
    const parameters = {
      SourceEncryptionContext: { side: 'source' },
      DestinationEncryptionContext: { side: 'destination' },
      DestinationEncryptionAlgorithm: 'RSAES_OAEP_SHA_1',
    };

    has('ReEncryptFrom', parameters, { 'kms:EncryptionContext:side': 'source', 'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT' });
    has('ReEncryptTo', parameters, { 'kms:EncryptionContext:side': 'destination', 'kms:EncryptionAlgorithm': 'RSAES_OAEP_SHA_1' });
  });

  it('hold the alias by which the key was named, also out of an ARN', () => {
    has('Encrypt', {}, { 'kms:RequestAlias': 'alias/orders' }, 'alias/orders');
    has('Encrypt', {}, { 'kms:RequestAlias': 'alias/orders' }, 'arn:aws:kms:us-east-1:111111111111:alias/orders');
    has('Encrypt', {}, { 'kms:RequestAlias': undefined }, 'arn:aws:kms:us-east-1:111111111111:key/mrk-1');
  });

  it('hold tags that are given, and the names of those that are taken', () => {
    has(
      'TagResource',
      { Tags: [{ TagKey: 'team', TagValue: 'payments' }] },
      { 'aws:RequestTag/team': 'payments', 'aws:TagKeys': ['team'] },
    );
    has('UntagResource', { TagKeys: ['team'] }, { 'aws:TagKeys': ['team'], 'aws:RequestTag/team': undefined });
  });

  it('hold the kind of a grant’s constraint', () => {
    has('CreateGrant', { Constraints: { EncryptionContextSubset: { a: 'b' } } }, { 'kms:GrantConstraintType': 'EncryptionContextSubset' });
  });

  it('make sense of whatever was sent', () => {
    assert.doesNotThrow(() =>
      parameterContext('TagResource', { Tags: [null, 1, {}], TagKeys: 'x', EncryptionContext: 7, Constraints: 'y' }, 3),
    );
  });
});
