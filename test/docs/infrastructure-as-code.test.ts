import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isAllowed } from '../support/infra/evaluate.ts';

const guide = readFileSync(new URL('../../docs/guides/infrastructure-as-code.md', import.meta.url), 'utf8');
const policies = [...guide.matchAll(/^```json\n(.+?)^```/gms)].map(([, text = '']) => JSON.parse(text));

describe('The policy over everybody in the guide to infrastructure as code', () => {
  const [, overEverybody] = policies;
  const anything = { Sid: 'Anything', Effect: 'Allow', Action: ['kms:*'], Resource: ['*'] };
  /** A service control policy is a limit; for its denials it is the same as one of the caller's own. */
  const isLet = (action: string, key: string, at: string): Promise<boolean> =>
    isAllowed(
      {
        principal: 'arn:aws:iam::111122223333:role/terraform',
        identity: { Version: '2012-10-17', Statement: [anything, ...overEverybody.Statement] },
        resourcePolicy: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: ['arn:aws:iam::111122223333:root'] }, Action: ['kms:*'], Resource: ['*'] }],
        },
        account: '111122223333',
      },
      { action, resource: `arn:aws:kms:us-west-2:111122223333:key/${key}`, context: { 'aws:CurrentTime': at } },
    );

  for (const [what, action, key, at, allowed] of [
    ['does not let a multi-Region key be deleted before its end', 'kms:ScheduleKeyDeletion', 'mrk-1', '2026-10-21T12:00:00Z', false],
    ['does so after its end', 'kms:ScheduleKeyDeletion', 'mrk-1', '2026-10-22T12:00:00Z', true],
    ['lets other keys be deleted', 'kms:ScheduleKeyDeletion', '0123', '2026-10-21T12:00:00Z', true],
    ['lets primaries move', 'kms:UpdatePrimaryRegion', 'mrk-1', '2026-10-21T12:00:00Z', true],
    ['lets a deletion be taken back', 'kms:CancelKeyDeletion', 'mrk-1', '2026-10-21T12:00:00Z', true],
  ] as const)
    it(what, async () => assert.equal(await isLet(action, key, at), allowed));
});
