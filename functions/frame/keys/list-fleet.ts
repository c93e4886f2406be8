import type { Fleet } from '../../../core/fleet/schema.ts';
import { type SelectableKey, selects } from '../../../core/fleet/selects.ts';
import { type FleetListing, OUT_OF_TIME, type Remark } from '../../../core/inventory/listing.ts';
import type { KmsFailure } from '../../../core/key/failure.ts';
import type { AliasListing, KeyListing } from '../../../core/ports/kms.ts';
import type { Tags } from '../../../core/ports/tagging.ts';
import type { AccountId, Region } from '../../../core/region.ts';
import type { Runtime } from '../runtime.ts';
import { ACCOUNTS_AT_ONCE } from './accounts-at-once.ts';
import { readTags } from './read-tags.ts';
import type { Search } from './search.ts';
import { type IndexedTags, indexedTags } from './tag-index.ts';

/**
 * Lists what one Region knows of a fleet, in the time that it is given. Aliases and tags are asked for only when a fleet of the
 * account selects by them; tags come from the Resource Groups Tagging API, or from KMS key by key where that does not tell them.
 */
export const listFleet = async (
  runtime: Runtime,
  search: Search,
  account: AccountId,
  region: Region,
  msMax: number,
): Promise<FleetListing> => {
  const until = runtime.clock.now() + msMax;
  const rivals = [...search.fleets].filter(([name, other]) => name !== search.fleetName && other.accounts.includes(account));
  const selectors = [search.fleet, ...rivals.map(([, rival]) => rival)].map(({ keys }) => keys);
  const selectsByTags = selectors.some((keys) => 'tags' in keys);
  const [listing, aliases, index] = await Promise.all([
    runtime.kms.listKeys(account, region, msMax),
    selectors.some((keys) => 'aliases' in keys) ? runtime.kms.listAliases(account, region, msMax) : undefined,
    selectsByTags && search.index !== undefined ? indexedTags(search.index, runtime, selectors, { account, region }, msMax) : undefined,
  ]);
  const fromIndex = 'tags' in search.fleet.keys ? [...(index?.tags.keys() ?? [])] : [];
  if (listing.kind === 'failure' && fromIndex.length === 0)
    return { kind: 'unlisted', isSilent: listing.code === 'unreachable', remarks: [noKeys(listing, false)] };

  const keyIdsComplete = listing.kind === 'listed' && listing.complete;
  // Where KMS tells all its keys, the index may still have some that were deleted; where it does not, the index knows of some.
  const keyIds = keyIdsComplete ? listing.keyIds : [...new Set([...(listing.kind === 'listed' ? listing.keyIds : []), ...fromIndex])];
  const aliasesOf = (keyId: string): readonly string[] => (aliases?.kind === 'listed' ? (aliases.aliases.get(keyId) ?? []) : []);
  // Tags of others' keys matter only where the fleet itself is told by tags.
  const concerned =
    'tags' in search.fleet.keys
      ? keyIds
      : keyIds.filter((keyId) => selects(search.fleet, { account, keyId, aliases: aliasesOf(keyId), tags: {} }));
  const tagged = selectsByTags ? await tagsOf(runtime, index, concerned, { account, region }, until, readsAtOnce(search)) : NO_TAGS;

  const keys = keyIds.flatMap((keyId) => {
    const key: SelectableKey = { account, keyId, aliases: aliasesOf(keyId), tags: tagged.tags.get(keyId) ?? {} };
    if (!selects(search.fleet, key)) return [];
    return [{ keyId, otherFleets: rivals.filter(([, rival]: readonly [string, Fleet]) => selects(rival, key)).map(([name]) => name) }];
  });
  const gaps = [...gapsOf(listing, aliases), ...tagged.gaps];
  const aliasesComplete = aliases === undefined || (aliases.kind === 'listed' && aliases.complete);
  const complete = keyIdsComplete && aliasesComplete && tagged.complete;
  const late = complete || gaps.length > 0 ? [] : [outOfTime(msMax)];
  return { kind: 'listed', complete, keyIds: new Set(keyIds), keyIdsComplete, keys, remarks: [...gaps, ...late, ...tagged.remarks] };
};

interface KnownTags {
  readonly tags: ReadonlyMap<string, Tags>;
  readonly complete: boolean;
  /** What was left out, and what is to be told besides. */
  readonly gaps: readonly Remark[];
  readonly remarks: readonly Remark[];
}

const NO_TAGS: KnownTags = { tags: new Map(), complete: true, gaps: [], remarks: [] };

/** Connections for tags, of the thousand that a function may have open, shared by all places that are listed at once. */
const CONNECTIONS_FOR_TAGS = 400;
const READS_AT_ONCE_MAX = 50;
const READS_AT_ONCE_MIN = 2;

const readsAtOnce = ({ fleet, regions }: Search): number => {
  const places = Math.min(fleet.accounts.length, ACCOUNTS_AT_ONCE) * regions.length;
  return Math.min(READS_AT_ONCE_MAX, Math.max(READS_AT_ONCE_MIN, Math.floor(CONNECTIONS_FOR_TAGS / places)));
};

/** The tags of the keys: what the index has, and where it was not asked or broke off KMS's own word on each of the others. */
const tagsOf = async (
  runtime: Runtime,
  index: IndexedTags | undefined,
  keyIds: readonly string[],
  place: { readonly account: AccountId; readonly region: Region },
  until: number,
  atOnce: number,
): Promise<KnownTags> => {
  if (index !== undefined && index.cutShortBy === undefined) return { ...index, gaps: [], remarks: [] };
  const known = index?.tags ?? NO_TAGS.tags;
  const rest = keyIds.filter((keyId) => !known.has(keyId));
  const read = await readTags(runtime, place, rest, until, atOnce);
  const gaps = read.failure === undefined ? [] : [unreadTags(read.failure)];
  const remarks = index?.cutShortBy === undefined ? [] : [withoutIndex(index.cutShortBy)];
  return { tags: new Map([...known, ...read.tags]), complete: read.complete, gaps, remarks };
};

const gapsOf = (listing: KeyListing | KmsFailure, aliases: AliasListing | KmsFailure | undefined): readonly Remark[] => [
  ...(listing.kind === 'failure' ? [noKeys(listing, true)] : []),
  ...(aliases?.kind === 'failure' ? [{ about: `aliases ${aliases.errorName}`, text: `did not list its aliases (${said(aliases)})` }] : []),
];

const said = ({ errorName, message }: KmsFailure): string => `${errorName} ${message}`.trim();

const noKeys = (failure: KmsFailure, knowsByTags: boolean): Remark => ({
  about: `keys ${failure.errorName} ${knowsByTags}`,
  text: `did not list its keys (${said(failure)})${knowsByTags ? ', and those with the fleet’s tags are known from the Resource Groups Tagging API, which may be some minutes behind' : ''}`,
});

const outOfTime = (msMax: number): Remark => ({
  about: OUT_OF_TIME,
  text: `did not list all of its keys, with their aliases and tags, in the ${Math.max(0, Math.round(msMax / 1000))} s that it was given`,
});

const withoutIndex = (failure: KmsFailure): Remark => ({
  about: `index ${failure.errorName}`,
  text: `did not tell tags through the Resource Groups Tagging API (${said(failure)}), so that KMS was asked for those of each key`,
});

const unreadTags = (failure: KmsFailure): Remark => ({
  about: `tags ${failure.errorName}`,
  text: `did not tell the tags of some keys (${said(failure)})`,
});
