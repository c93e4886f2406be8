import type { Fleet } from '../../core/fleet/schema.ts';
import { selects } from '../../core/fleet/selects.ts';
import { LISTING_MS_MAX } from '../../core/limits.ts';
import type { AccountId, Region } from '../../core/region.ts';
import type { Runtime } from './runtime.ts';
import type { Search } from './search.ts';

/** The fleet's keys that one Region lists, each with the other fleets that select it too. */
export type FleetListing =
  | {
      readonly kind: 'listed';
      /** Whether every key of the fleet in this Region is among `keys`. */
      readonly complete: boolean;
      /** Every multi-Region key that the Region lists, selected or not, and whether these are all. */
      readonly keyIds: ReadonlySet<string>;
      readonly keyIdsComplete: boolean;
      readonly keys: ReadonlyArray<{ readonly keyId: string; readonly otherFleets: readonly string[] }>;
    }
  | { readonly kind: 'unlisted'; readonly why: string };

/** How many keys' tags are read at once. */
const TAG_READS_AT_ONCE = 50;
/** How often a key's tags are asked for, beside the client's own second attempt, while there is time. */
const TAG_TURNS_MAX = 3;

/** Lists what one Region knows of a fleet, in the time that a listing may take. Aliases and tags are read only when a fleet of the account selects by them. */
export const listFleet = async (runtime: Runtime, search: Search, account: AccountId, region: Region): Promise<FleetListing> => {
  const until = runtime.clock.now() + LISTING_MS_MAX;
  const rivals = [...search.fleets].filter(([name, other]) => name !== search.fleetName && other.accounts.includes(account));
  const selectors = [search.fleet, ...rivals.map(([, rival]) => rival)].map(({ keys }) => keys);
  const [listing, aliases] = await Promise.all([
    runtime.kms.listKeys(account, region, LISTING_MS_MAX),
    selectors.some((keys) => 'aliases' in keys) ? runtime.kms.listAliases(account, region, LISTING_MS_MAX) : undefined,
  ]);
  if (listing.kind === 'failure') return { kind: 'unlisted', why: `${listing.errorName} ${listing.message}` };
  const tagged = selectors.some((keys) => 'tags' in keys) ? await tagsOf(runtime, account, region, listing.keyIds, until) : NO_TAGS;

  const keys = listing.keyIds.flatMap((keyId) => {
    const key = {
      account,
      keyId,
      aliases: aliases?.kind === 'listed' ? (aliases.aliases.get(keyId) ?? []) : [],
      tags: tagged.tags.get(keyId) ?? {},
    };
    if (!selects(search.fleet, key)) return [];
    return [{ keyId, otherFleets: rivals.filter(([, rival]: readonly [string, Fleet]) => selects(rival, key)).map(([name]) => name) }];
  });
  const aliasesComplete = aliases === undefined || (aliases.kind === 'listed' && aliases.complete);
  const complete = listing.complete && aliasesComplete && tagged.complete;
  return { kind: 'listed', complete, keyIds: new Set(listing.keyIds), keyIdsComplete: listing.complete, keys };
};

interface TagReadings {
  readonly tags: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Whether every key's tags were read. */
  readonly complete: boolean;
}

const NO_TAGS: TagReadings = { tags: new Map(), complete: true };

/** The keys' tags, as many as can be read in the time; those that could not be read are asked for again in a second turn, and a third. */
const tagsOf = async (
  runtime: Runtime,
  account: AccountId,
  region: Region,
  keyIds: readonly string[],
  until: number,
): Promise<TagReadings> => {
  const tags = new Map<string, Readonly<Record<string, string>>>();
  for (let turn = 0; turn < TAG_TURNS_MAX; turn += 1) {
    const missing = keyIds.filter((keyId) => !tags.has(keyId));
    for (let from = 0; from < missing.length && runtime.clock.now() < until; from += TAG_READS_AT_ONCE) {
      const some = missing.slice(from, from + TAG_READS_AT_ONCE);
      const replies = await Promise.all(some.map(async (keyId) => ({ keyId, reply: await runtime.kms.tags({ account, keyId, region }) })));
      for (const { keyId, reply } of replies) if (reply.kind === 'tags') tags.set(keyId, reply.tags);
    }
  }
  return { tags, complete: keyIds.every((keyId) => tags.has(keyId)) };
};
