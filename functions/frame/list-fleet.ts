import type { Fleet } from '../../core/fleet/schema.ts';
import { type SelectableKey, selects } from '../../core/fleet/selects.ts';
import type { FleetListing, Remark } from '../../core/inventory/listing.ts';
import type { KmsFailure } from '../../core/key/failure.ts';
import type { AliasListing, KeyListing } from '../../core/ports/kms.ts';
import type { Tags } from '../../core/ports/tagging.ts';
import type { AccountId, Region } from '../../core/region.ts';
import { readTags } from './read-tags.ts';
import type { Runtime } from './runtime.ts';
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
  const [listing, aliases, index] = await Promise.all([
    runtime.kms.listKeys(account, region, msMax),
    selectors.some((keys) => 'aliases' in keys) ? runtime.kms.listAliases(account, region, msMax) : undefined,
    indexedTags(runtime, selectors, { account, region }, msMax),
  ]);
  const fromIndex = 'tags' in search.fleet.keys ? [...(index?.tags.keys() ?? [])] : [];
  if (listing.kind === 'failure' && fromIndex.length === 0)
    return { kind: 'unlisted', isSilent: listing.code === 'unreachable', remarks: [noKeys(listing, false)] };

  const keyIdsComplete = listing.kind === 'listed' && listing.complete;
  // Where KMS tells all its keys, the index may still have some that were deleted; where it does not, the index knows of some.
  const keyIds = keyIdsComplete ? listing.keyIds : [...new Set([...(listing.kind === 'listed' ? listing.keyIds : []), ...fromIndex])];
  const tagged = await tagsOf(runtime, index, keyIds, { account, region }, until);

  const keys = keyIds.flatMap((keyId) => {
    const names = aliases?.kind === 'listed' ? (aliases.aliases.get(keyId) ?? []) : [];
    const key: SelectableKey = { account, keyId, aliases: names, tags: tagged.tags.get(keyId) ?? {} };
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

/** The tags of the keys: what the index has, and where it broke off KMS's own word on each of the others. */
const tagsOf = async (
  runtime: Runtime,
  index: IndexedTags | undefined,
  keyIds: readonly string[],
  place: { readonly account: AccountId; readonly region: Region },
  until: number,
): Promise<KnownTags> => {
  if (index === undefined) return { tags: new Map(), complete: true, gaps: [], remarks: [] };
  if (index.cutShortBy === undefined) return { ...index, gaps: [], remarks: [] };
  const rest = keyIds.filter((keyId) => !index.tags.has(keyId));
  const read = await readTags(runtime, place, rest, until);
  const gaps = read.failure === undefined ? [] : [unreadTags(read.failure)];
  return { tags: new Map([...index.tags, ...read.tags]), complete: read.complete, gaps, remarks: [withoutIndex(index.cutShortBy)] };
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
  about: 'time',
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
