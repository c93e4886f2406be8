import type { Case, Step } from '../case.ts';
import { ABSENT, PRESENT } from '../match.ts';

const KEY = { KeyId: '{keyId}' };
const ANOTHER_KEY = 'it needs a third key, of this usage';
const THIRD_REGION = 'it would make a key in a third Region';

const describing = (at: Step['at'], metadata: Readonly<Record<string, unknown>>): Step => ({
  at,
  operation: 'DescribeKey',
  request: KEY,
  expect: { accepted: { KeyMetadata: metadata } },
});

const BOTH = {
  PrimaryKey: { Arn: '{primary}', Region: '{primaryRegion}' },
  ReplicaKeys: [{ Arn: '{replica}', Region: '{replicaRegion}' }],
};

const shape = (title: string, key: Case['key'], metadata: Readonly<Record<string, unknown>>, more: Partial<Case> = {}): Case => ({
  title: `DescribeKey of ${title}`,
  topic: 'shape',
  mark: 'C',
  key,
  step: describing('primary', metadata),
  ...more,
});

const replication = (title: string, mark: Case['mark'], more: Partial<Case> & Pick<Case, 'step'>): Case => ({
  title: `ReplicateKey ${title}`,
  topic: 'shape',
  mark,
  key: 'symmetric',
  ...more,
});

/** How answers look. */
export const SHAPE_CASES: readonly Case[] = [
  shape('a primary lists itself and its replica', 'symmetric', {
    AWSAccountId: '{account}',
    KeyId: '{keyId}',
    Arn: '{primary}',
    CreationDate: PRESENT,
    Enabled: true,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: 'Enabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: true,
    MultiRegionConfiguration: { MultiRegionKeyType: 'PRIMARY', ...BOTH },
    CurrentKeyMaterialId: PRESENT,
    DeletionDate: ABSENT,
    PendingDeletionWindowInDays: ABSENT,
    SigningAlgorithms: ABSENT,
    MacAlgorithms: ABSENT,
  }),
  shape(
    'a replica lists itself among the replicas',
    'symmetric',
    {},
    {
      step: describing('replica', { Arn: '{replica}', MultiRegionConfiguration: { MultiRegionKeyType: 'REPLICA', ...BOTH } }),
    },
  ),
  shape(
    'a primary that was never replicated has an empty list of replicas',
    'lonely',
    {
      MultiRegionConfiguration: { MultiRegionKeyType: 'PRIMARY', ReplicaKeys: [] },
    },
    { mark: 'N', notOnAws: 'it needs a third key, without replicas' },
  ),
  shape(
    'a primary lists its replicas by the alphabet',
    'symmetric',
    {
      MultiRegionConfiguration: {
        ReplicaKeys: [
          { Arn: '{third}', Region: '{thirdRegion}' },
          { Arn: '{replica}', Region: '{replicaRegion}' },
        ],
      },
    },
    {
      mark: 'N',
      before: [{ at: 'primary', operation: 'ReplicateKey', request: { ...KEY, ReplicaRegion: '{thirdRegion}' } }],
      notOnAws: THIRD_REGION,
    },
  ),
  shape(
    'a primary goes on listing a replica that is pending deletion',
    'symmetric',
    { MultiRegionConfiguration: BOTH },
    {
      mark: 'N',
      states: { replica: 'PendingDeletion' },
    },
  ),
  shape(
    'a single-Region key has no multi-Region configuration',
    'single',
    { MultiRegion: false, MultiRegionConfiguration: ABSENT },
    {
      notOnAws: 'it needs a third key, in a single Region',
    },
  ),
  shape(
    'an HMAC key',
    'hmac',
    { MacAlgorithms: ['HMAC_SHA_256'], EncryptionAlgorithms: ABSENT, CurrentKeyMaterialId: ABSENT },
    { notOnAws: ANOTHER_KEY },
  ),
  shape('a signing key', 'ecc', { SigningAlgorithms: ['ECDSA_SHA_256'], CurrentKeyMaterialId: ABSENT }, { notOnAws: ANOTHER_KEY }),
  shape(
    'a key for key agreement',
    'key agreement',
    { KeyUsage: 'KEY_AGREEMENT', KeyAgreementAlgorithms: ['ECDH'] },
    { notOnAws: ANOTHER_KEY },
  ),
  shape('a key with imported material', 'imported', { Origin: 'EXTERNAL', ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' }),
  shape(
    'a key that is Updating: not Enabled, though it can be used',
    'symmetric',
    { Enabled: false, KeyState: 'Updating' },
    {
      mark: 'N',
      states: { primary: 'Updating' },
    },
  ),
  shape(
    'a key that is Creating: not Enabled, and without a material ID',
    'symmetric',
    {},
    {
      mark: 'N',
      states: { replica: 'Creating' },
      step: describing('replica', { Enabled: false, KeyState: 'Creating', CurrentKeyMaterialId: ABSENT }),
      notOnAws: 'the state lasts for a moment',
    },
  ),
  shape(
    'a replica that is to be deleted tells the date',
    'symmetric',
    {},
    {
      before: [{ at: 'replica', operation: 'ScheduleKeyDeletion', request: { ...KEY, PendingWindowInDays: 7 } }],
      step: describing('replica', { KeyState: 'PendingDeletion', DeletionDate: PRESENT, PendingDeletionWindowInDays: ABSENT }),
    },
  ),
  shape(
    'a primary that waits for its replicas’ deletion tells its window, not a date',
    'symmetric',
    {
      KeyState: 'PendingReplicaDeletion',
      PendingDeletionWindowInDays: 7,
      DeletionDate: ABSENT,
    },
    { before: [{ at: 'primary', operation: 'ScheduleKeyDeletion', request: { ...KEY, PendingWindowInDays: 7 } }] },
  ),
  replication('to a Region that has a replica already', 'N', {
    step: {
      at: 'primary',
      operation: 'ReplicateKey',
      request: { ...KEY, ReplicaRegion: '{replicaRegion}' },
      expect: {
        refused: 'AlreadyExistsException',
        message: 'You can create only one replica of each primary key in each AWS Region.',
      },
    },
  }),
  replication('to a Region whose replica is pending deletion', 'N', {
    states: { replica: 'PendingDeletion' },
    step: {
      at: 'primary',
      operation: 'ReplicateKey',
      request: { ...KEY, ReplicaRegion: '{replicaRegion}' },
      expect: {
        refused: 'AlreadyExistsException',
        message: 'You can create only one replica of each primary key in each AWS Region.',
      },
    },
  }),
  replication('on a replica: another error than that of UpdatePrimaryRegion', 'N', {
    step: {
      at: 'replica',
      operation: 'ReplicateKey',
      request: { ...KEY, ReplicaRegion: '{thirdRegion}' },
      expect: { refused: 'UnsupportedOperationException', message: '{replica} is not a multi-region primary key.' },
    },
  }),
  replication('to what is no Region', 'N', {
    step: {
      at: 'primary',
      operation: 'ReplicateKey',
      request: { ...KEY, ReplicaRegion: 'xx-nowhere-1' },
      expect: { refused: 'ValidationException' },
    },
  }),
  replication('on a primary that is pending import', 'N', {
    key: 'imported',
    states: { primary: 'PendingImport' },
    step: {
      at: 'primary',
      operation: 'ReplicateKey',
      request: { ...KEY, ReplicaRegion: '{thirdRegion}' },
      expect: { refused: 'KMSInvalidStateException', message: '{primary} is pending import.' },
    },
  }),
];
