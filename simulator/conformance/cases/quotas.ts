import type { Case, Expectation, Step } from '../case.ts';

const NO_KEY = { KeyId: `mrk-${'0'.repeat(32)}` };
const NO_ALIAS = { AliasName: 'alias/conformance-nobody' };
const TAKES_FROM_OTHERS = 'it would take the quota from everybody else in the account';

const THROTTLED: Expectation = {
  refused: 'ThrottlingException',
  messageStarts: 'You have exceeded the rate at which you may call KMS.',
  status: 400,
};

/**
 * Calls a second in each account and Region: the quotas that a case can exhaust in no time. The pools of cryptography, of up
 * to 100,000 calls, are the business of the simulator's unit tests.
 */
const RATES: readonly (readonly [operation: string, rate: number, request: Readonly<Record<string, unknown>>])[] = [
  ['UpdatePrimaryRegion', 5, { ...NO_KEY, PrimaryRegion: '{replicaRegion}' }],
  ['ReplicateKey', 5, { ...NO_KEY, ReplicaRegion: 'xx-nowhere-1' }],
  ['CreateKey', 5, {}],
  ['DescribeKey', 2_000, NO_KEY],
  ['GetPublicKey', 2_000, NO_KEY],
  ['ListResourceTags', 2_000, NO_KEY],
  ['GetKeyPolicy', 1_000, NO_KEY],
  ['GetKeyRotationStatus', 1_000, NO_KEY],
  ['ListKeys', 500, {}],
  ['ListAliases', 500, {}],
  ['GetKeyLastUsage', 5, NO_KEY],
  ['ListKeyPolicies', 100, NO_KEY],
  ['ListGrants', 100, NO_KEY],
  ['PutKeyPolicy', 15, { ...NO_KEY, Policy: '{}' }],
  ['EnableKey', 5, NO_KEY],
  ['DisableKey', 5, NO_KEY],
  ['EnableKeyRotation', 15, NO_KEY],
  ['DisableKeyRotation', 5, NO_KEY],
  ['RotateKeyOnDemand', 5, NO_KEY],
  ['ListKeyRotations', 100, NO_KEY],
  ['TagResource', 10, { ...NO_KEY, Tags: [{ TagKey: 'a', TagValue: 'b' }] }],
  ['UntagResource', 5, { ...NO_KEY, TagKeys: ['a'] }],
  ['UpdateKeyDescription', 5, { ...NO_KEY, Description: '' }],
  ['CreateAlias', 5, { ...NO_ALIAS, TargetKeyId: NO_KEY.KeyId }],
  ['UpdateAlias', 5, { ...NO_ALIAS, TargetKeyId: NO_KEY.KeyId }],
  ['DeleteAlias', 15, NO_ALIAS],
  ['ScheduleKeyDeletion', 15, NO_KEY],
  ['CancelKeyDeletion', 5, NO_KEY],
  ['CreateGrant', 50, { ...NO_KEY, GranteePrincipal: 'arn:aws:iam::{account}:root', Operations: ['Decrypt'] }],
  ['RevokeGrant', 50, { ...NO_KEY, GrantId: 'none' }],
  ['RetireGrant', 50, { KeyId: 'arn:aws:kms:{primaryRegion}:{account}:key/mrk-00000000000000000000000000000000', GrantId: 'none' }],
];

const promotingNobody: Step = {
  at: 'primary',
  operation: 'UpdatePrimaryRegion',
  request: { ...NO_KEY, PrimaryRegion: '{replicaRegion}' },
  expect: { refused: 'NotFoundException' },
};

/** Request quotas. */
export const QUOTA_CASES: readonly Case[] = [
  ...RATES.map(
    ([operation, rate, request]): Case => ({
      title: `${operation} is throttled after ${rate} calls in a second, and not before`,
      topic: 'quota',
      mark: 'C',
      key: 'symmetric',
      times: rate + 1,
      step: { at: 'primary', operation, request, expect: THROTTLED },
      notOnAws: TAKES_FROM_OTHERS,
    }),
  ),
  {
    title: 'UpdatePrimaryRegion takes from the quota of both Regions',
    topic: 'quota',
    mark: 'C',
    key: 'symmetric',
    before: Array.from({ length: 5 }, () => promotingNobody),
    step: { ...promotingNobody, at: 'replica', request: { ...NO_KEY, PrimaryRegion: '{primaryRegion}' }, expect: THROTTLED },
    notOnAws: TAKES_FROM_OTHERS,
  },
  {
    title: 'ReplicateKey takes two units of CreateKey in the replica’s Region',
    topic: 'quota',
    mark: 'C',
    key: 'symmetric',
    before: Array.from({ length: 2 }, () => ({
      at: 'primary' as const,
      operation: 'ReplicateKey',
      request: { ...NO_KEY, ReplicaRegion: '{thirdRegion}' },
      expect: { refused: 'NotFoundException' },
    })),
    step: { at: 'third', operation: 'CreateKey', request: {}, expect: THROTTLED },
    times: 2,
    notOnAws: TAKES_FROM_OTHERS,
  },
  {
    title: 'many promotions of one key within a minute are throttled below the quota',
    topic: 'quota',
    mark: 'C*',
    key: 'symmetric',
    before: Array.from({ length: 4 }, () => ({
      at: 'primary' as const,
      operation: 'UpdatePrimaryRegion',
      request: { KeyId: '{keyId}', PrimaryRegion: '{primaryRegion}' },
    })),
    step: {
      at: 'primary',
      operation: 'UpdatePrimaryRegion',
      request: { KeyId: '{keyId}', PrimaryRegion: '{primaryRegion}' },
      expect: { refused: 'ThrottlingException' },
    },
    alternatives: [{ when: { hotKeyCallsMax: 4 }, expect: { refused: 'ThrottlingException' } }],
    notOnAws: 'how many calls make a key hot is not known',
  },
];
