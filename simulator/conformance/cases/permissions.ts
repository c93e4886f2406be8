import type { Case, Expectation, Step } from '../case.ts';

const KEY = { KeyId: '{keyId}' };
const TO_REPLICA = { ...KEY, PrimaryRegion: '{replicaRegion}' };
const ACTION = 'kms:UpdatePrimaryRegion';
const OWN_POLICIES = 'it needs a role and policies of its own';

const policy = (...Statement: readonly Readonly<Record<string, unknown>>[]) => ({ Version: '2012-10-17', Statement });
const allow = (Action: string, more: Readonly<Record<string, unknown>> = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const onlyIf = (operator: string, key: string, value: string | readonly string[]) => ({ Condition: { [operator]: { [key]: value } } });

const promoting: Step = { at: 'primary', operation: 'UpdatePrimaryRegion', request: TO_REPLICA };

const denied = (side: 'primary' | 'replica', because: string): Expectation => ({
  refused: 'AccessDeniedException',
  message: `User: {caller} is not authorized to perform: ${ACTION} on resource: {${side}} because no ${because} policy allows the ${ACTION} action`,
});

const row = (
  title: string,
  mark: Case['mark'],
  identity: Readonly<Record<string, unknown>>,
  expect: Expectation,
  more: Partial<Case> = {},
): Case => ({
  title,
  topic: 'permission',
  mark,
  key: 'symmetric',
  policies: { identity: [identity] },
  step: { ...promoting, expect },
  notOnAws: OWN_POLICIES,
  ...more,
});

const ALLOWED: Expectation = { accepted: {} };
const SOMEBODY_ELSE = policy(allow('kms:*', { Principal: { AWS: 'arn:aws:iam::111111111111:role/somebody-else' } }));
const WITHOUT_KEY = 'User: {caller} is not authorized to perform: kms:';

const MESSAGE = new Uint8Array([1, 2, 3]);

/** What the proof of a moved key needs, by its usage, and a call that uses it. */
const PROOFS: readonly (readonly [key: Case['key'], action: string, request: Readonly<Record<string, unknown>>])[] = [
  ['symmetric', 'Encrypt', { Plaintext: MESSAGE }],
  ['hmac', 'GenerateMac', { Message: MESSAGE, MacAlgorithm: 'HMAC_SHA_256' }],
  ['ecc', 'Sign', { Message: MESSAGE, SigningAlgorithm: 'ECDSA_SHA_256' }],
  ['key agreement', 'GetPublicKey', {}],
];

/** Who may do what. */
export const PERMISSION_CASES: readonly Case[] = [
  row('a promotion with the permission in both Regions', 'C*', policy(allow(ACTION)), ALLOWED),
  row(
    'a promotion without the permission on the primary',
    'C*',
    policy(allow(ACTION, { Resource: 'arn:aws:kms:us-west-2:*:key/*' })),
    denied('primary', 'identity-based'),
  ),
  row(
    'a promotion without the permission on the replica',
    'C*',
    policy(allow(ACTION, { Resource: 'arn:aws:kms:us-east-1:*:key/*' })),
    denied('replica', 'identity-based'),
  ),
  ...(['primary', 'replica'] as const).map((side) =>
    row(
      `an identity policy counts only where the key policy delegates to IAM; that of the ${side} does not`,
      'C',
      policy(allow(ACTION)),
      denied(side, 'resource-based'),
      {
        policies: { identity: [policy(allow(ACTION))], keys: { [side]: SOMEBODY_ELSE } },
      },
    ),
  ),
  row(
    'kms:PrimaryRegion is the request’s parameter, patterns included',
    'C',
    policy(allow(ACTION, onlyIf('StringLike', 'kms:PrimaryRegion', 'us-*'))),
    ALLOWED,
  ),
  row(
    'kms:PrimaryRegion keeps a key out of other Regions',
    'C',
    policy(allow(ACTION, onlyIf('StringLike', 'kms:PrimaryRegion', 'eu-*'))),
    denied('primary', 'identity-based'),
  ),
  row(
    'kms:ReplicaRegion has no say in a promotion',
    'C*',
    policy(allow(ACTION, onlyIf('StringEquals', 'kms:ReplicaRegion', 'us-west-2'))),
    denied('primary', 'identity-based'),
  ),
  row(
    'a statement for PRIMARY keys cannot authorize the replica’s half',
    'I',
    policy(allow(ACTION, onlyIf('StringEquals', 'kms:MultiRegionKeyType', 'PRIMARY'))),
    denied('replica', 'identity-based'),
  ),
  row(
    'kms:CallerAccount, kms:KeySpec, kms:KeyUsage, kms:KeyOrigin and kms:MultiRegion can be asked for',
    'C',
    policy(
      allow(ACTION, {
        Condition: {
          StringEquals: {
            'kms:CallerAccount': '111111111111',
            'kms:KeySpec': 'SYMMETRIC_DEFAULT',
            'kms:KeyUsage': 'ENCRYPT_DECRYPT',
            'kms:KeyOrigin': 'AWS_KMS',
          },
          Bool: { 'kms:MultiRegion': 'true' },
        },
      }),
    ),
    ALLOWED,
  ),
  row(
    'kms:ResourceAliases finds an alias, with ForAnyValue',
    'C*',
    policy(allow(ACTION, onlyIf('ForAnyValue:StringEquals', 'kms:ResourceAliases', '{alias}')), allow('kms:CreateAlias')),
    ALLOWED,
    {
      policies: {
        identity: [
          policy(allow(ACTION, onlyIf('ForAnyValue:StringEquals', 'kms:ResourceAliases', 'alias/conformance')), allow('kms:CreateAlias')),
        ],
      },
      before: (['primary', 'replica'] as const).map((at) => ({
        at,
        operation: 'CreateAlias',
        request: { AliasName: '{alias}', TargetKeyId: '{keyId}' },
      })),
    },
  ),
  row('kms:ResourceAliases means nothing in a key policy', 'C*', policy(allow('kms:CreateAlias')), denied('primary', 'identity-based'), {
    policies: {
      identity: [policy(allow('kms:CreateAlias'))],
      keys: {
        primary: policy(
          allow('kms:*', { Principal: { AWS: 'arn:aws:iam::111111111111:root' } }),
          allow(ACTION, {
            Principal: { AWS: 'arn:aws:iam::111111111111:role/conformance' },
            ...onlyIf('ForAnyValue:StringEquals', 'kms:ResourceAliases', 'alias/conformance'),
          }),
        ),
      },
    },
    before: [{ at: 'primary', operation: 'CreateAlias', request: { AliasName: '{alias}', TargetKeyId: '{keyId}' } }],
  }),
  row(
    'aws:ResourceTag is that of the key in its Region',
    'C',
    policy(allow(ACTION, onlyIf('StringEquals', 'aws:ResourceTag/team', 'payments')), allow('kms:TagResource')),
    denied('replica', 'identity-based'),
    {
      before: [{ at: 'primary', operation: 'TagResource', request: { ...KEY, Tags: [{ TagKey: 'team', TagValue: 'payments' }] } }],
    },
  ),
  ...(['ListKeys', 'ListAliases', 'CreateKey'] as const).flatMap((operation) => [
    row(`${operation} needs an identity policy on all resources`, 'C', policy(allow(`kms:${operation}`)), ALLOWED, {
      step: { at: 'primary', operation, request: {}, expect: ALLOWED },
    }),
    row(
      `${operation} is not allowed by a policy on keys`,
      'C',
      policy(allow(`kms:${operation}`, { Resource: 'arn:aws:kms:*:*:key/*' })),
      ALLOWED,
      {
        step: {
          at: 'primary',
          operation,
          request: {},
          expect: {
            refused: 'AccessDeniedException',
            message: `${WITHOUT_KEY}${operation} on resource: * because no identity-based policy allows the kms:${operation} action`,
          },
        },
      },
    ),
  ]),
  ...PROOFS.map(([key, operation, request]) =>
    row(`${operation} needs kms:${operation} and nothing else`, 'C', policy(allow(`kms:${operation}`)), ALLOWED, {
      key,
      step: { at: 'replica', operation, request: { ...KEY, ...request } },
    }),
  ),
  ...['PutKeyPolicy', 'EnableKey', 'GetKeyPolicy', 'ListResourceTags', 'EnableKeyRotation', 'TagResource', 'ReplicateKey'].map(
    (operation): Case => ({
      title: `${operation} takes no key of another account`,
      topic: 'permission',
      mark: 'C',
      key: 'symmetric',
      step: {
        at: 'primary',
        operation,
        request: {
          KeyId: '{primary}',
          ...(operation === 'PutKeyPolicy' && { Policy: '{}' }),
          ...(operation === 'TagResource' && { Tags: [{ TagKey: 'a', TagValue: 'b' }] }),
          ...(operation === 'ReplicateKey' && { ReplicaRegion: '{thirdRegion}' }),
        },
        asStranger: true,
        expect: { refused: 'AccessDeniedException' },
      },
      notOnAws: 'it needs a second account',
    }),
  ),
  {
    title: 'DescribeKey takes the key of another account whose policy lets the caller in',
    topic: 'permission',
    mark: 'C',
    key: 'symmetric',
    policies: { identity: [], keys: { primary: policy(allow('kms:DescribeKey', { Principal: { AWS: '222222222222' } })) } },
    step: {
      at: 'primary',
      operation: 'DescribeKey',
      request: { KeyId: '{primary}' },
      asStranger: true,
      expect: { accepted: { KeyMetadata: { Arn: '{primary}' } } },
    },
    notOnAws: 'it needs a second account',
  },
  {
    title: 'DescribeKey of another account’s key whose policy lets nobody else in does not tell whether it exists',
    topic: 'permission',
    mark: 'C',
    key: 'symmetric',
    policies: { identity: [] },
    step: {
      at: 'primary',
      operation: 'DescribeKey',
      request: { KeyId: '{primary}' },
      asStranger: true,
      expect: {
        refused: 'AccessDeniedException',
        messageStarts:
          'User: arn:aws:sts::222222222222:assumed-role/stranger/session is not authorized to perform: kms:DescribeKey on this resource because',
      },
    },
    notOnAws: 'it needs a second account',
  },
];
