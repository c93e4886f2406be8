import { KmsRefusal } from '../refusal.ts';

/** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
export const TAGS_MAX = 50;

type TagList = ReadonlyArray<{ readonly TagKey: string; readonly TagValue: string }>;

/** @throws KmsRefusal (TagException) for tags that no resource can have */
export const requireTags = (tags: TagList = []): void => {
  if (tags.some(({ TagKey }) => /^aws:/i.test(TagKey))) throw new KmsRefusal('TagException', 'Tags beginning with aws: are reserved');
  if (new Set(tags.map(({ TagKey }) => TagKey)).size < tags.length) throw new KmsRefusal('TagException', 'Duplicate tag keys');
  if (tags.length > TAGS_MAX) throw new KmsRefusal('TagException', 'Too many tags');
};

/** Tags by their keys; a later one of the same key wins. */
export const tagsOf = (list: TagList = []): Record<string, string> =>
  Object.fromEntries(list.map(({ TagKey, TagValue }) => [TagKey, TagValue]));

/** Tags as answers list them, sorted by their keys. */
export const tagsOnWire = (tags: Readonly<Record<string, string>>) =>
  Object.keys(tags)
    .sort()
    .map((TagKey) => ({ TagKey, TagValue: tags[TagKey] }));
