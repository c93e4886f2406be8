import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accountId, region } from '../../../core/region.ts';
import { jsonAnswer, type WireRequest } from '../../support/answering.ts';
import { mrk } from '../../support/fleet.ts';
import { taggingAnswering } from '../../support/tagging.ts';

const account = accountId('111122223333');
const source = region('us-east-1');
const TAGS = { team: 'pay', tier: '' };
const arnOf = (keyId: string) => `arn:aws:kms:us-east-1:111122223333:key/${keyId}`;
const mapping = (keyId: string, tags: Readonly<Record<string, string>>) => ({
  ResourceARN: arnOf(keyId),
  Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
});

describe('The index of tags', () => {
  it('is asked for keys with all of the tags, a hundred a page, and tells every tag of each', async () => {
    const asked: WireRequest[] = [];
    const tagging = taggingAnswering((request) => {
      asked.push(request);
      const isFirst = asked.length === 1;
      const some = mapping(mrk(String(asked.length)), { ...TAGS, owner: 'me' });
      return jsonAnswer(200, { ResourceTagMappingList: [some], PaginationToken: isFirst ? 'next' : '' });
    });

    const answer = await tagging.keysTagged(account, source, TAGS, 30_000);

    assert.deepEqual(answer, {
      kind: 'tagged',
      tags: new Map(['1', '2'].map((digits) => [mrk(digits), { ...TAGS, owner: 'me' }])),
      complete: true,
    });
    const question = {
      TagFilters: [
        { Key: 'team', Values: ['pay'] },
        { Key: 'tier', Values: [''] },
      ],
      ResourceTypeFilters: ['kms:key'],
      ResourcesPerPage: 100,
    };
    assert.deepEqual(
      asked.map(({ body }) => JSON.parse(body)),
      [question, { ...question, PaginationToken: 'next' }],
    );
    assert.equal(asked[0]?.headers['x-amz-target'], 'ResourceGroupsTaggingAPI_20170126.GetResources');
  });

  it('tells nothing of keys that are not multi-Region', async () => {
    const tagging = taggingAnswering(() =>
      jsonAnswer(200, { ResourceTagMappingList: [mapping('1234abcd-12ab-34cd-56ef-1234567890ab', TAGS)], PaginationToken: '' }),
    );

    assert.deepEqual(await tagging.keysTagged(account, source, TAGS, 30_000), { kind: 'tagged', tags: new Map(), complete: true });
  });

  it('that refuses the first page is a failure, and one that breaks off later says of what', async () => {
    const denied = jsonAnswer(400, { __type: 'AccessDeniedException', message: 'no' });
    const refusing = await taggingAnswering(() => denied).keysTagged(account, source, TAGS, 30_000);
    let pages = 0;
    const breaking = taggingAnswering(() => {
      pages += 1;
      return pages === 1 ? jsonAnswer(200, { ResourceTagMappingList: [mapping(mrk('1'), TAGS)], PaginationToken: 'next' }) : denied;
    });
    const broken = await breaking.keysTagged(account, source, TAGS, 30_000);

    assert.deepEqual(refusing.kind === 'failure' && refusing.code, 'denied');
    assert.ok(broken.kind === 'tagged');
    assert.deepEqual([broken.tags.size, broken.complete, broken.cutShortBy?.code], [1, false, 'denied']);
  });
});
