import { z } from 'zod';
import { KmsRefusal, noSuchKey } from '../refusal.ts';
import { operation, usableKey } from './operation.ts';
import { pageOf, pagingAnswer } from './page.ts';
import { keyIdText, marker, pageLimit, tagList, tagsOf } from './parameters.ts';
import { readMoment } from './read-moment.ts';

const TAGS_MAX = 50;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export const tagResource = operation({
  name: 'TagResource',
  parameters: z.strictObject({ KeyId: keyIdText, Tags: tagList }),
  run: ({ KeyId, Tags }, call) => {
    const key = usableKey(call, KeyId);
    const tags = { ...key.now.tags, ...tagsOf(Tags) };
    if (Object.keys(tags).length > TAGS_MAX) throw new KmsRefusal('LimitExceededException', `A key has at most ${TAGS_MAX} tags.`);
    key.change(call.world.clock.now(), { tags });
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export const untagResource = operation({
  name: 'UntagResource',
  parameters: z.strictObject({ KeyId: keyIdText, TagKeys: z.array(z.string().min(1).max(128)).max(TAGS_MAX) }),
  run: ({ KeyId, TagKeys }, call) => {
    const key = usableKey(call, KeyId);
    const kept = Object.entries(key.now.tags).filter(([tagKey]) => !TagKeys.includes(tagKey));
    key.change(call.world.clock.now(), { tags: Object.fromEntries(kept) });
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
export const listResourceTags = operation({
  name: 'ListResourceTags',
  parameters: z.strictObject({ KeyId: keyIdText, Limit: pageLimit(TAGS_MAX), Marker: marker }),
  run: ({ KeyId, Limit = TAGS_MAX, Marker }, call) => {
    const key = usableKey(call, KeyId);
    const view = key.viewAt(readMoment(call));
    if (view === undefined) throw noSuchKey(key.arn);
    const page = pageOf(Object.keys(view.tags).sort(), Limit, Marker);
    return { Tags: page.names.map((TagKey) => ({ TagKey, TagValue: view.tags[TagKey] })), ...pagingAnswer(page) };
  },
});
