import type { Case, Expectation, Step } from '../case.ts';

const KEY = { KeyId: '{keyId}' };
const TO_REPLICA = { ...KEY, PrimaryRegion: '{replicaRegion}' };

const promotion = (more: Partial<Step> = {}): Step => ({ at: 'primary', operation: 'UpdatePrimaryRegion', request: TO_REPLICA, ...more });

const DISABLED = (arn: string): Expectation => ({ refused: 'DisabledException', message: `${arn} is disabled.` });
const INVALID = (message: string): Expectation => ({ refused: 'KMSInvalidStateException', message });

const shows = (at: Step['at'], metadata: Readonly<Record<string, unknown>>, more: Partial<Step> = {}): Step => ({
  at,
  operation: 'DescribeKey',
  request: KEY,
  expect: { accepted: { KeyMetadata: metadata } },
  ...more,
});

const role = (type: 'PRIMARY' | 'REPLICA', of: string) => ({
  MultiRegionKeyType: type,
  PrimaryKey: { Arn: `{${of}}`, Region: `{${of}Region}` },
});

const THIRD_REGION = 'it would make a key in a third Region';
const NEXT_TO_IT = 'the table of states holds it too, and a state of one side only takes longer to bring about than it lasts';

/** The outcomes of UpdatePrimaryRegion. */
export const PROMOTION_CASES: readonly Case[] = [
  {
    title:
      'UpdatePrimaryRegion at the primary, to an Enabled replica, answers with an empty body; both keys are Updating at once, with their roles swapped',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    step: promotion(),
    after: [
      shows('primary', { KeyState: 'Updating', Enabled: false, MultiRegionConfiguration: role('REPLICA', 'replica') }),
      shows('replica', { KeyState: 'Updating', Enabled: false, MultiRegionConfiguration: role('PRIMARY', 'replica') }),
    ],
  },
  {
    title: 'after a promotion both keys become Enabled by themselves, with their ARNs, and every Region names the new primary',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    step: promotion({ request: { KeyId: '{primary}', PrimaryRegion: '{replicaRegion}' } }),
    after: [
      shows(
        'primary',
        { KeyState: 'Enabled', Arn: '{primary}', MultiRegionConfiguration: role('REPLICA', 'replica') },
        { onceSettled: true },
      ),
      shows('replica', { KeyState: 'Enabled', Arn: '{replica}', MultiRegionConfiguration: role('PRIMARY', 'replica') }),
    ],
  },
  {
    title: 'a third Region’s replica becomes a replica of the new primary',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    before: [
      { at: 'primary', operation: 'ReplicateKey', request: { ...KEY, ReplicaRegion: '{thirdRegion}' } },
      shows('third', { KeyState: 'Enabled' }, { onceSettled: true }),
    ],
    step: promotion(),
    after: [shows('third', { MultiRegionConfiguration: role('REPLICA', 'replica') }, { onceSettled: true })],
    notOnAws: THIRD_REGION,
  },
  {
    title: 'cryptography goes on while a promotion is under way',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    before: [
      {
        at: 'primary',
        operation: 'Encrypt',
        request: { ...KEY, Plaintext: new Uint8Array([1, 2, 3]) },
        keep: { ciphertext: 'CiphertextBlob' },
      },
    ],
    step: promotion(),
    after: (['primary', 'replica'] as const).map((at) => ({
      at,
      operation: 'Decrypt',
      request: { ...KEY, CiphertextBlob: '{kept.ciphertext}' },
      expect: { accepted: { KeyId: `{${at}}`, Plaintext: new Uint8Array([1, 2, 3]) } },
    })),
  },
  {
    title: 'key material, description, tags and policy of either Region stay as they were',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    before: [
      { at: 'primary', operation: 'UpdateKeyDescription', request: { ...KEY, Description: 'at home' } },
      { at: 'primary', operation: 'DescribeKey', request: KEY, keep: { material: 'KeyMetadata.CurrentKeyMaterialId' } },
      { at: 'primary', operation: 'GetKeyPolicy', request: KEY, keep: { policy: 'Policy' } },
    ],
    step: promotion(),
    after: [
      shows('primary', { Description: 'at home', CurrentKeyMaterialId: '{kept.material}' }, { onceSettled: true }),
      { at: 'primary', operation: 'GetKeyPolicy', request: KEY, expect: { accepted: { Policy: '{kept.policy}' } } },
    ],
  },
  {
    title: 'PrimaryRegion is the Region that has the primary already: accepted, and nothing changes',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    step: promotion({ request: { ...KEY, PrimaryRegion: '{primaryRegion}' } }),
    after: [shows('primary', { KeyState: 'Enabled', MultiRegionConfiguration: role('PRIMARY', 'primary') })],
  },
  {
    title: 'sent to a replica’s Region',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    step: promotion({
      at: 'replica',
      request: { ...KEY, PrimaryRegion: '{primaryRegion}' },
      expect: INVALID('{replica} is not a multi-Region primary key.'),
    }),
  },
  {
    title: 'sent again after it succeeded: the old primary is a replica now',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    before: [promotion(), shows('primary', { KeyState: 'Enabled' }, { onceSettled: true })],
    step: promotion({ expect: INVALID('{primary} is not a multi-Region primary key.') }),
  },
  {
    title: 'PrimaryRegion has no replica of the key; none is made',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    step: promotion({
      request: { ...KEY, PrimaryRegion: '{thirdRegion}' },
      expect: { refused: 'ValidationException', message: '{keyId} does not have a replica key in the specified Region.' },
    }),
    after: [{ at: 'third', operation: 'DescribeKey', request: KEY, expect: { refused: 'NotFoundException' } }],
  },
  {
    title: 'KeyId is an alias',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    before: [{ at: 'primary', operation: 'CreateAlias', request: { AliasName: '{alias}', TargetKeyId: '{keyId}' } }],
    step: promotion({
      request: { KeyId: '{alias}', PrimaryRegion: '{replicaRegion}' },
      expect: { refused: 'InvalidArnException', message: 'Key Aliases are not supported for this operation.' },
    }),
  },
  {
    title: 'KeyId is an ARN of another Region than the endpoint’s, on an operation for which it was seen',
    topic: 'outcome',
    mark: 'C',
    key: 'symmetric',
    step: {
      at: 'primary',
      operation: 'DescribeKey',
      request: { KeyId: '{replica}' },
      expect: { refused: 'NotFoundException', message: 'Invalid arn {replicaRegion}', status: 400 },
    },
  },
  {
    title: 'KeyId of UpdatePrimaryRegion is an ARN of another Region than the endpoint’s',
    topic: 'outcome',
    mark: 'U',
    key: 'symmetric',
    step: promotion({ request: { KeyId: '{replica}', PrimaryRegion: '{replicaRegion}' } }),
    alternatives: (['NotFoundException', 'InvalidArnException'] as const).map((error) => ({
      when: { foreignArnError: error },
      expect: { refused: error, message: 'Invalid arn {replicaRegion}' },
    })),
  },
  {
    title: 'the key ID is unknown at the endpoint',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    step: {
      at: 'third',
      operation: 'DescribeKey',
      request: KEY,
      expect: { refused: 'NotFoundException', message: `Key '{third}' does not exist`, status: 400 },
    },
  },
  {
    title: 'a single-Region key',
    topic: 'outcome',
    mark: 'U',
    key: 'single',
    step: promotion(),
    alternatives: [
      { when: { singleRegionError: 'UnsupportedOperationException' }, expect: { refused: 'UnsupportedOperationException' } },
      { when: { singleRegionError: 'KMSInvalidStateException' }, expect: INVALID('{primary} is not a multi-Region primary key.') },
    ],
    notOnAws: 'it needs a third key, in a single Region',
  },
  {
    title: 'the primary is Disabled',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    states: { primary: 'Disabled' },
    step: promotion({ expect: DISABLED('{primary}') }),
  },
  {
    title: 'the replica is Disabled',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    states: { replica: 'Disabled' },
    step: promotion({ expect: DISABLED('{replica}') }),
  },
  {
    title: 'the replica is pending deletion',
    topic: 'outcome',
    mark: 'N',
    key: 'symmetric',
    states: { replica: 'PendingDeletion' },
    step: promotion({ expect: INVALID('{replica} is pending deletion.') }),
  },
  {
    title: 'the replica is pending import',
    topic: 'outcome',
    mark: 'C*',
    key: 'imported',
    states: { replica: 'PendingImport' },
    step: promotion({ expect: INVALID('{replica} is pending import.') }),
  },
  {
    title: 'the replica is being created',
    topic: 'outcome',
    mark: 'C*',
    key: 'symmetric',
    states: { replica: 'Creating' },
    step: promotion({ expect: INVALID('{replica} is creating.') }),
    notOnAws: NEXT_TO_IT,
  },
  {
    title: 'a policy in the primary’s Region is missing',
    topic: 'outcome',
    mark: 'I',
    key: 'symmetric',
    policies: { identity: [] },
    step: promotion({
      expect: {
        refused: 'AccessDeniedException',
        message:
          'User: {caller} is not authorized to perform: kms:UpdatePrimaryRegion on resource: {primary} because no identity-based policy ' +
          'allows the kms:UpdatePrimaryRegion action',
      },
    }),
    notOnAws: 'it needs a role and policies of its own',
  },
  {
    title: 'KeyId is missing',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    step: promotion({ request: { PrimaryRegion: '{replicaRegion}' }, expect: { refused: 'ValidationException', status: 400 } }),
  },
  {
    title: 'PrimaryRegion is missing',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    step: promotion({ request: KEY, expect: { refused: 'ValidationException', status: 400 } }),
  },
  {
    title: 'PrimaryRegion is no name of a Region',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    step: promotion({ request: { ...KEY, PrimaryRegion: 'Mars' }, expect: { refused: 'ValidationException', status: 400 } }),
  },
  {
    title: 'PrimaryRegion is longer than 32 characters',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    step: promotion({
      request: { ...KEY, PrimaryRegion: `${'a'.repeat(30)}-b-1` },
      expect: { refused: 'ValidationException', status: 400 },
    }),
  },
  {
    title: 'KeyId is longer than 2,048 characters',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    step: promotion({
      request: { KeyId: 'a'.repeat(2_049), PrimaryRegion: '{replicaRegion}' },
      expect: { refused: 'ValidationException', status: 400 },
    }),
  },
  {
    title: 'the key of another account, by its ARN',
    topic: 'call',
    mark: 'C',
    key: 'symmetric',
    step: promotion({
      asStranger: true,
      request: { KeyId: '{primary}', PrimaryRegion: '{replicaRegion}' },
      expect: { refused: 'AccessDeniedException' },
    }),
    notOnAws: 'it needs a second account',
  },
];
