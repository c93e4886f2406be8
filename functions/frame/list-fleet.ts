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
      readonly complete: boolean;
      readonly keys: ReadonlyArray<{ readonly keyId: string; readonly otherFleets: readonly string[] }>;
    }
  | { readonly kind: 'unlisted'; readonly why: string };

/** How many keys' tags are read at once. */
const TAG_READS_AT_ONCE = 50;

/** Lists what one Region knows of a fleet. Aliases and tags are read only when a fleet of the account selects by them. */
export const listFleet = async (runtime: Runtime, search: Search, account: AccountId, region: Region): Promise<FleetListing> => {
  const rivals = [...search.fleets].filter(([name, other]) => name !== search.fleetName && other.accounts.includes(account));
  const selectors = [search.fleet, ...rivals.map(([, rival]) => rival)].map(({ keys }) => keys);
  const [listing, aliases] = await Promise.all([
    runtime.kms.listKeys(account, region, LISTING_MS_MAX),
    selectors.some((keys) => 'aliases' in keys) ? runtime.kms.listAliases(account, region, LISTING_MS_MAX) : undefined,
  ]);
  if (listing.kind === 'failure') return { kind: 'unlisted', why: `${listing.errorName} ${listing.message}` };
  if (aliases?.kind === 'failure') return { kind: 'unlisted', why: `${aliases.errorName} ${aliases.message}` };
  const tags = selectors.some((keys) => 'tags' in keys) ? await tagsOf(runtime, account, region, listing.keyIds) : new Map();

  const keys = listing.keyIds.flatMap((keyId) => {
    const key = { account, keyId, aliases: aliases?.aliases.get(keyId) ?? [], tags: tags?.get(keyId) ?? {} };
    if (!selects(search.fleet, key)) return [];
    return [{ keyId, otherFleets: rivals.filter(([, rival]: readonly [string, Fleet]) => selects(rival, key)).map(([name]) => name) }];
  });
  return { kind: 'listed', complete: listing.complete && (aliases?.complete ?? true) && tags !== undefined, keys };
};

/** Every key's tags, or undefined when some could not be read: then the listing is not complete. */
const tagsOf = async (
  runtime: Runtime,
  account: AccountId,
  region: Region,
  keyIds: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>> | undefined> => {
  const tags = new Map<string, Readonly<Record<string, string>>>();
  for (let from = 0; from < keyIds.length; from += TAG_READS_AT_ONCE) {
    const some = keyIds.slice(from, from + TAG_READS_AT_ONCE);
    const replies = await Promise.all(some.map((keyId) => runtime.kms.tags({ account, keyId, region })));
    for (const [index, reply] of replies.entries()) {
      const keyId = some[index];
      if (reply.kind === 'failure' || keyId === undefined) return undefined;
      tags.set(keyId, reply.tags);
    }
  }
  return tags;
};
