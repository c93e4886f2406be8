import type { TagsOfKey } from '../kms/kms-simulator.ts';
import { KmsRefusal } from '../kms/refusal.ts';

/** What a caller asks GetResources, as far as this index answers it. */
interface Question {
  readonly ResourceTypeFilters?: readonly string[];
  readonly TagFilters?: ReadonlyArray<{ readonly Key?: string; readonly Values?: readonly string[] }>;
  readonly ResourcesPerPage?: number;
  readonly PaginationToken?: string;
}

interface Mapping {
  readonly ResourceARN: string;
  readonly Tags: ReadonlyArray<{ readonly Key: string; readonly Value: string }>;
}

interface ResourcesAnswer {
  readonly ResourceTagMappingList: readonly Mapping[];
  /** Empty on the last page. */
  readonly PaginationToken: string;
}

/** https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
const PER_PAGE_MAX = 100;

const invalid = (message: string): KmsRefusal => new KmsRefusal('InvalidParameterException', message);

const isWanted = ({ TagFilters = [] }: Question, tags: TagsOfKey['tags']): boolean =>
  Object.keys(tags).length > 0 &&
  TagFilters.every(({ Key = '', Values = [] }) => {
    const value = Object.hasOwn(tags, Key) ? tags[Key] : undefined;
    return value !== undefined && (Values.length === 0 || Values.includes(value));
  });

/**
 * One page of the keys that carry the tags asked for.
 * @param tagsAfter the keys of the index whose IDs come after the one given, in their order
 * @throws KmsRefusal (InvalidParameterException) for a page size that there is not
 */
export const getResources = (question: Question, tagsAfter: (keyId: string) => Iterable<TagsOfKey>): ResourcesAnswer => {
  const { ResourceTypeFilters: types = ['kms'], ResourcesPerPage: perPage = 50, PaginationToken = '' } = question;
  if (!(perPage >= 1 && perPage <= PER_PAGE_MAX))
    throw invalid(
      `1 validation error detected: Value '${perPage}' at 'resourcesPerPage' failed to satisfy constraint: at most ${PER_PAGE_MAX}`,
    );
  const mappings: Mapping[] = [];
  if (!types.some((type) => type === 'kms' || type === 'kms:key')) return { ResourceTagMappingList: mappings, PaginationToken: '' };
  let last = '';
  for (const { keyId, arn, tags } of tagsAfter(Buffer.from(PaginationToken, 'base64url').toString())) {
    if (!isWanted(question, tags)) continue;
    if (mappings.length === perPage) return { ResourceTagMappingList: mappings, PaginationToken: Buffer.from(last).toString('base64url') };
    mappings.push({ ResourceARN: arn, Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) });
    last = keyId;
  }
  return { ResourceTagMappingList: mappings, PaginationToken: '' };
};
