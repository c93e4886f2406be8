import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type ResourceGroupsTaggingAPIClientConfig,
  type ResourceTagMapping,
} from '@aws-sdk/client-resource-groups-tagging-api';
import type { Clock } from '../../core/ports/clock.ts';
import type { Random } from '../../core/ports/random.ts';
import type { Tagging, Tags } from '../../core/ports/tagging.ts';
import type { Place } from '../kms/clients.ts';
import { paged } from '../kms/paged.ts';
import { ReadRetry } from '../kms/read-retry.ts';

/** The largest page there is: https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html */
const KEYS_PER_PAGE = 100;
/** How long one call may take. Short, since who gets no answer asks KMS for the tags instead, in the time that is left. */
export const TAGGING_CALL_MS_MAX = 4_000;
/** For the same reason a page that did not come is not asked for again, beside the client's own second attempt. */
const TRIES_A_PAGE_MAX = 1;

interface TaggingOptions {
  /** What differs between AWS and the simulator: how a request travels, in which time limit, and who signs it. */
  readonly connection: (
    place: Place,
    requestTimeoutMs: number,
  ) => Pick<ResourceGroupsTaggingAPIClientConfig, 'requestHandler' | 'credentials' | 'signer'>;
  readonly clock: Clock;
  readonly random: Random;
}

const MULTI_REGION_KEY = /:key\/(mrk-[0-9a-f]{32})$/;

const tagsOf = ({ ResourceARN = '', Tags: tags = [] }: ResourceTagMapping): ReadonlyArray<readonly [keyId: string, tags: Tags]> => {
  const keyId = MULTI_REGION_KEY.exec(ResourceARN)?.[1];
  if (keyId === undefined) return [];
  return [[keyId, Object.fromEntries(tags.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])))]];
};

/** The tags of keys through the Resource Groups Tagging API: a hundred keys a call, where KMS tells those of one key. */
export const createTagging = ({ connection, clock, random }: TaggingOptions): Tagging => {
  const clients = new Map<string, ResourceGroupsTaggingAPIClient>();
  const clientOf = (place: Place): ResourceGroupsTaggingAPIClient => {
    const id = `${place.account}/${place.region}`;
    const client =
      clients.get(id) ??
      new ResourceGroupsTaggingAPIClient({
        region: place.region,
        retryStrategy: new ReadRetry(clock, random),
        ...connection(place, TAGGING_CALL_MS_MAX),
      });
    clients.set(id, client);
    return client;
  };
  return {
    keysTagged: async (account, region, tags, msMax) => {
      const client = clientOf({ account, region });
      const TagFilters = Object.entries(tags).map(([Key, value]) => ({ Key, Values: [value] }));
      const page = async (PaginationToken: string | undefined) => {
        const { ResourceTagMappingList = [], PaginationToken: token } = await client.send(
          new GetResourcesCommand({ TagFilters, ResourceTypeFilters: ['kms:key'], ResourcesPerPage: KEYS_PER_PAGE, PaginationToken }),
        );
        // The last page has an empty token, or none.
        return { items: ResourceTagMappingList.flatMap(tagsOf), next: token || undefined };
      };
      const found = await paged(clock, msMax, page, TRIES_A_PAGE_MAX);
      if ('kind' in found) return found;
      const { items, ...rest } = found;
      return { kind: 'tagged', tags: new Map(items), ...rest };
    },
  };
};
