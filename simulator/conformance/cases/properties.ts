import type { Case, Step } from '../case.ts';
import { PRESENT } from '../match.ts';

const KEY = { KeyId: '{keyId}' };
const PLAINTEXT = new Uint8Array([4, 5, 6]);
const THIRD_REGION = 'it would make a key in a third Region';

const on = (at: Step['at'], operation: string, request: Step['request'] = KEY, more: Partial<Step> = {}): Step => ({
  at,
  operation,
  request,
  ...more,
});

const encrypted = (at: Step['at']): Step => on(at, 'Encrypt', { ...KEY, Plaintext: PLAINTEXT }, { keep: { ciphertext: 'CiphertextBlob' } });

const described = (at: Step['at'], metadata: Readonly<Record<string, unknown>>, more: Partial<Step> = {}): Step =>
  on(at, 'DescribeKey', KEY, { expect: { accepted: { KeyMetadata: metadata } }, ...more });

const decrypts = (at: Step['at']): Step =>
  on(at, 'Decrypt', { ...KEY, CiphertextBlob: '{kept.ciphertext}' }, { expect: { accepted: { KeyId: `{${at}}`, Plaintext: PLAINTEXT } } });

const notForReplicas = (operation: string): Case => ({
  title: `${operation} on a replica`,
  topic: 'property',
  mark: 'N',
  key: 'symmetric',
  step: on('replica', operation, KEY, {
    expect: {
      refused: 'UnsupportedOperationException',
      message: `{replica} is a multi-region replica key which is not valid for ${operation}.`,
    },
  }),
});

const ownInEachRegion = (what: string, change: Step, unchanged: Step): Case => ({
  title: `${what} of the primary is its own: the replica's stays`,
  topic: 'property',
  mark: 'C*',
  key: 'symmetric',
  step: change,
  after: [unchanged],
});

/** What related keys share and what each keeps for itself. */
export const PROPERTY_CASES: readonly Case[] = [
  {
    title: 'key ID, spec, usage, origin and algorithms are the same in every Region',
    topic: 'property',
    mark: 'C*',
    key: 'symmetric',
    step: described('replica', {
      KeyId: '{keyId}',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
      Origin: 'AWS_KMS',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    }),
  },
  {
    title: 'key material is shared: the replica decrypts what the primary encrypted, and names itself',
    topic: 'property',
    mark: 'C*',
    key: 'symmetric',
    before: [encrypted('primary')],
    step: decrypts('replica'),
  },
  {
    title: 'the rotation setting of the primary shows on the replica',
    topic: 'property',
    mark: 'N',
    key: 'symmetric',
    before: [on('primary', 'EnableKeyRotation', { ...KEY, RotationPeriodInDays: 180 })],
    step: on('replica', 'GetKeyRotationStatus', KEY, {
      expect: { accepted: { KeyRotationEnabled: true, RotationPeriodInDays: 180, NextRotationDate: PRESENT } },
    }),
    after: [on('primary', 'DisableKeyRotation')],
  },
  {
    title: 'the rotation setting survives a promotion',
    topic: 'property',
    mark: 'N',
    key: 'symmetric',
    before: [on('primary', 'EnableKeyRotation'), on('primary', 'UpdatePrimaryRegion', { ...KEY, PrimaryRegion: '{replicaRegion}' })],
    step: on('replica', 'GetKeyRotationStatus', KEY, { onceSettled: true, expect: { accepted: { KeyRotationEnabled: true } } }),
    after: [on('replica', 'DisableKeyRotation')],
  },
  ownInEachRegion(
    'the description',
    on('primary', 'UpdateKeyDescription', { ...KEY, Description: 'of the primary alone' }),
    described('replica', { Description: '' }),
  ),
  ownInEachRegion(
    'a tag',
    on('primary', 'TagResource', { ...KEY, Tags: [{ TagKey: 'mrk-failover-conformance-case', TagValue: 'of the primary alone' }] }),
    on('replica', 'ListResourceTags', KEY, { expect: { accepted: { Tags: [] } } }),
  ),
  ownInEachRegion(
    'an alias',
    on('primary', 'CreateAlias', { AliasName: '{alias}', TargetKeyId: '{keyId}' }),
    on('replica', 'ListAliases', KEY, { expect: { accepted: { Aliases: [] } } }),
  ),
  ownInEachRegion(
    'a grant',
    on('primary', 'CreateGrant', { ...KEY, GranteePrincipal: 'arn:aws:iam::{account}:root', Operations: ['Decrypt'] }),
    on('replica', 'ListGrants', KEY, { expect: { accepted: { Grants: [] } } }),
  ),
  ownInEachRegion('being disabled', on('primary', 'DisableKey'), described('replica', { KeyState: 'Enabled' })),
  ownInEachRegion(
    'pending deletion',
    on('replica', 'ScheduleKeyDeletion', { ...KEY, PendingWindowInDays: 7 }, { expect: { accepted: { KeyState: 'PendingDeletion' } } }),
    described('primary', { KeyState: 'Enabled' }),
  ),
  {
    title: 'a new replica has no description, no tags and the default policy',
    topic: 'property',
    mark: 'N',
    key: 'lonely',
    before: [
      on('primary', 'UpdateKeyDescription', { ...KEY, Description: 'of the primary' }),
      on('primary', 'TagResource', { ...KEY, Tags: [{ TagKey: 'team', TagValue: 'payments' }] }),
      on('primary', 'ReplicateKey', { ...KEY, ReplicaRegion: '{thirdRegion}' }),
    ],
    step: described('third', { Description: '', KeyState: 'Enabled' }, { onceSettled: true }),
    after: [on('third', 'ListResourceTags', KEY, { expect: { accepted: { Tags: [] } } })],
    notOnAws: THIRD_REGION,
  },
  {
    title: 'a replica works while the primary is Disabled',
    topic: 'property',
    mark: 'N',
    key: 'symmetric',
    before: [encrypted('primary')],
    states: { primary: 'Disabled' },
    step: decrypts('replica'),
  },
  {
    title: 'a replica works while the primary is pending its replicas’ deletion',
    topic: 'property',
    mark: 'N',
    key: 'symmetric',
    before: [encrypted('primary')],
    states: { primary: 'PendingReplicaDeletion' },
    step: decrypts('replica'),
  },
  ...['EnableKeyRotation', 'DisableKeyRotation', 'RotateKeyOnDemand'].map(notForReplicas),
  {
    title: 'imported material is not copied: a new replica waits for its own',
    topic: 'property',
    mark: 'C*',
    key: 'imported',
    before: [on('primary', 'ReplicateKey', { ...KEY, ReplicaRegion: '{thirdRegion}' })],
    step: described('third', { KeyState: 'PendingImport', Origin: 'EXTERNAL' }, { onceSettled: true }),
    notOnAws: THIRD_REGION,
  },
  {
    title: 'the material that one Region loses stays in the other',
    topic: 'property',
    mark: 'C*',
    key: 'imported',
    step: on('replica', 'DeleteImportedKeyMaterial'),
    after: [described('replica', { KeyState: 'PendingImport' }), described('primary', { KeyState: 'Enabled' })],
  },
  {
    title: 'a description of imported material is taken by the primary only; which error a replica gives is our inference',
    topic: 'property',
    mark: 'N',
    key: 'imported',
    before: [
      on(
        'replica',
        'GetParametersForImport',
        { ...KEY, WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' },
        {
          keep: { 'import token': 'ImportToken', 'public key': 'PublicKey' },
        },
      ),
    ],
    step: on(
      'replica',
      'ImportKeyMaterial',
      {
        ...KEY,
        ImportToken: '{kept.import token}',
        EncryptedKeyMaterial: '{wrapped material}',
        KeyMaterialDescription: 'of the replica',
        ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
      },
      { expect: { refused: 'UnsupportedOperationException' } },
    ),
  },
  {
    title: 'a primary with replicas that is to be deleted waits for them first',
    topic: 'property',
    mark: 'C*',
    key: 'symmetric',
    step: on(
      'primary',
      'ScheduleKeyDeletion',
      { ...KEY, PendingWindowInDays: 7 },
      {
        expect: { accepted: { KeyState: 'PendingReplicaDeletion', PendingWindowInDays: 7 } },
      },
    ),
  },
  {
    title: 'Decrypt with the ARN of the other Region',
    topic: 'property',
    mark: 'N',
    key: 'symmetric',
    before: [encrypted('primary')],
    step: on(
      'replica',
      'Decrypt',
      { KeyId: '{primary}', CiphertextBlob: '{kept.ciphertext}' },
      { expect: { refused: 'IncorrectKeyException' } },
    ),
  },
  {
    title: 'PutKeyPolicy works on a key that is pending deletion',
    topic: 'state',
    mark: 'N',
    key: 'symmetric',
    before: [on('replica', 'GetKeyPolicy', KEY, { keep: { policy: 'Policy' } })],
    states: { replica: 'PendingDeletion' },
    step: on('replica', 'PutKeyPolicy', { ...KEY, Policy: '{kept.policy}' }),
  },
  ...(['TagResource', 'UntagResource'] as const).map(
    (operation): Case => ({
      title: `${operation} on a replica that is pending deletion`,
      topic: 'state',
      mark: 'N',
      key: 'symmetric',
      states: { replica: 'PendingDeletion' },
      step: on(
        'replica',
        operation,
        operation === 'TagResource' ? { ...KEY, Tags: [{ TagKey: 'a', TagValue: 'b' }] } : { ...KEY, TagKeys: ['a'] },
        {
          expect: { refused: 'KMSInvalidStateException', message: '{replica} is pending deletion.' },
        },
      ),
    }),
  ),
];
