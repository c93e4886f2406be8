import { readMoment } from '../keys/read-moment.ts';
import { KmsRefusal, noSuchKey } from '../refusal.ts';
import { keyOperation } from './operation.ts';
import { pageOf, pagingAnswer } from './page.ts';
import { requireTags, TAGS_MAX, tagsOf } from './tag-list.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export const tagResource = keyOperation({
  name: 'TagResource',
  run: ({ Tags }, key, { world }) => {
    requireTags(Tags);
    const tags = { ...key.now.tags, ...tagsOf(Tags) };
    if (Object.keys(tags).length > TAGS_MAX) throw new KmsRefusal('LimitExceededException', `A key has at most ${TAGS_MAX} tags.`);
    key.change(world.clock.now(), { tags });
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export const untagResource = keyOperation({
  name: 'UntagResource',
  run: ({ TagKeys }, key, { world }) => {
    const kept = Object.entries(key.now.tags).filter(([tagKey]) => !TagKeys.includes(tagKey));
    key.change(world.clock.now(), { tags: Object.fromEntries(kept) });
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
export const listResourceTags = keyOperation({
  name: 'ListResourceTags',
  run: ({ Limit = TAGS_MAX, Marker }, key, call) => {
    const view = key.viewAt(readMoment(call));
    if (view === undefined) throw noSuchKey(key.arn);
    const page = pageOf(Object.keys(view.tags).sort(), Limit, Marker);
    return { Tags: page.names.map((TagKey) => ({ TagKey, TagValue: view.tags[TagKey] })), ...pagingAnswer(page) };
  },
});
