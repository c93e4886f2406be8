import type { Case, Expectation } from '../case.ts';
import { PRESENT } from '../match.ts';
import type { Topic } from '../topics.ts';

const KEY = { KeyId: '{keyId}' };

/** The greatest Limit of each list, and what of the request is not about paging. */
const LIMITS: readonly (readonly [operation: string, limitMax: number, request: Readonly<Record<string, unknown>>, list: string])[] = [
  ['ListKeys', 1_000, {}, 'Keys'],
  ['ListAliases', 100, {}, 'Aliases'],
  ['ListResourceTags', 50, KEY, 'Tags'],
  ['ListGrants', 100, KEY, 'Grants'],
  ['ListKeyPolicies', 1_000, KEY, 'PolicyNames'],
  ['ListKeyRotations', 1_000, KEY, 'Rotations'],
];

const asking = (
  title: string,
  operation: string,
  request: Readonly<Record<string, unknown>>,
  expect: Expectation,
  topic: Topic = 'quota',
): Case => ({
  title: `${operation} ${title}`,
  topic,
  mark: 'C',
  key: 'symmetric',
  step: { at: 'primary', operation, request, expect },
});

const REFUSED: Expectation = { refused: 'ValidationException', status: 400 };

/** Pages and markers. */
export const LIST_CASES: readonly Case[] = [
  ...LIMITS.flatMap(([operation, limitMax, request, list]) => [
    asking(
      `takes a Limit of 1 to ${limitMax}`,
      operation,
      { ...request, Limit: limitMax },
      { accepted: { [list]: PRESENT, Truncated: PRESENT } },
    ),
    asking(`takes no Limit of ${limitMax + 1}`, operation, { ...request, Limit: limitMax + 1 }, REFUSED),
    asking('takes no Limit of 0', operation, { ...request, Limit: 0 }, REFUSED),
  ]),
  asking('takes no empty Marker', 'ListKeys', { Marker: '' }, REFUSED, 'call'),
  asking('takes no Marker of 1,025 characters', 'ListKeys', { Marker: 'a'.repeat(1_025) }, REFUSED, 'call'),
  {
    ...asking('gives one policy, called default', 'ListKeyPolicies', KEY, { accepted: { PolicyNames: ['default'], Truncated: false } }),
    topic: 'quota',
  },
  {
    title: 'ListResourceTags goes on where the Marker says, until nothing is left',
    topic: 'quota',
    mark: 'C',
    key: 'symmetric',
    before: [
      {
        at: 'replica',
        operation: 'TagResource',
        request: { ...KEY, Tags: ['a', 'b'].map((letter) => ({ TagKey: `mrk-failover-conformance-${letter}`, TagValue: letter })) },
      },
      {
        at: 'replica',
        operation: 'ListResourceTags',
        request: { ...KEY, Limit: 1 },
        expect: { accepted: { Truncated: true } },
        keep: { marker: 'NextMarker' },
      },
    ],
    step: {
      at: 'replica',
      operation: 'ListResourceTags',
      request: { ...KEY, Marker: '{kept.marker}' },
      expect: { accepted: { Tags: [{ TagKey: PRESENT }], Truncated: false } },
    },
  },
  {
    title: 'ListGrants gives 50 grants where no Limit is given',
    topic: 'quota',
    mark: 'C',
    key: 'symmetric',
    before: Array.from({ length: 51 }, () => ({
      at: 'primary' as const,
      operation: 'CreateGrant',
      request: { ...KEY, GranteePrincipal: 'arn:aws:iam::{account}:root', Operations: ['Decrypt'] },
    })),
    step: {
      at: 'primary',
      operation: 'ListGrants',
      request: KEY,
      expect: { accepted: { Grants: Array.from({ length: 50 }, () => PRESENT), Truncated: true } },
    },
    notOnAws: 'it would make 51 grants, which are revoked one by one',
  },
  {
    ...asking('gives key IDs and ARNs only', 'ListKeys', { Limit: 1 }, { accepted: { Keys: [{ KeyId: PRESENT, KeyArn: PRESENT }] } }),
    topic: 'quota',
  },
];
