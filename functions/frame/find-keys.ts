import { referencedKey } from '../../core/fleet/key-reference.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { type FoundKey, type Inventory, type ListedAt, placeOf } from '../../core/inventory/inventory.ts';
import { LISTING_MS_MAX } from '../../core/limits.ts';
import type { AccountId, Region } from '../../core/region.ts';
import { type FleetListing, listFleet } from './list-fleet.ts';
import type { Runtime } from './runtime.ts';
import type { Search } from './search.ts';

/** What was found of a fleet, and how complete it is. */
export interface Findings {
  readonly keys: readonly FoundKey[];
  /** Regions whose listing is complete, per account. */
  readonly answered: ReadonlyMap<AccountId, readonly Region[]>;
  /** When each account was last listed in full in each Region, now or before: none of the fleet’s keys there is missing. */
  readonly listedAt: ListedAt;
  /** What was missing, in sentences. */
  readonly notes: readonly string[];
}

const inventoryPath = (fleetName: string): string => `inventory/${fleetName}.json`;

/** Finds a fleet's keys: the union of what each Region lists, in the time it is given, of the keys that the fleet file names, and of the stored inventory. */
export const findKeys = async (runtime: Runtime, search: Search): Promise<Findings> => {
  const { fleet } = search;
  const found = new Map<string, { account: AccountId; keyId: string; listedIn: Region[]; otherFleets: Set<string> }>();
  const entryOf = (account: AccountId, keyId: string) => {
    const entry = found.get(`${account}/${keyId}`) ?? { account, keyId, listedIn: [], otherFleets: new Set<string>() };
    found.set(`${account}/${keyId}`, entry);
    return entry;
  };

  const notes: string[] = [];
  const answered = new Map<AccountId, Region[]>();
  const places = fleet.accounts.flatMap((account) => search.regions.map((region) => ({ account, region })));
  const lists = await Promise.all(
    places.map(async (place) => ({ ...place, list: await listFleet(runtime, search, place.account, place.region) })),
  );
  for (const { account, region, list } of lists) {
    if (list.kind === 'unlisted') {
      notes.push(`${account}: ${region} did not list its keys (${list.why}).`);
      continue;
    }
    if (list.complete) answered.set(account, [...(answered.get(account) ?? []), region]);
    else
      notes.push(
        `${account}: ${region} did not list all of its keys, with their aliases and tags, in the ${LISTING_MS_MAX / 1000} s that it was given.`,
      );
    for (const { keyId, otherFleets } of list.keys) {
      const entry = entryOf(account, keyId);
      entry.listedIn.push(region);
      for (const other of otherFleets) entry.otherFleets.add(other);
    }
  }
  const stored = await storedInventory(runtime, search.fleetName);
  for (const key of stored.keys) if (fleet.accounts.includes(key.account)) entryOf(key.account, key.keyId);
  for (const key of unlistedNames(fleet, new Set([...found.values()].map(({ keyId }) => keyId)))) entryOf(key.account, key.keyId);

  const now = runtime.clock.now();
  const listedNow = lists.filter(({ account, list }) => isListedInFull(list, (keyId) => found.has(`${account}/${keyId}`)));
  const listedAt = { ...stored.listedAt, ...Object.fromEntries(listedNow.map(({ account, region }) => [placeOf(account, region), now])) };
  const listsOf = Map.groupBy(lists, ({ account }) => account);
  const keys = [...found.values()].map((entry) => ({
    ...entry,
    heldIn: (listsOf.get(entry.account) ?? []).flatMap(({ region, list }) =>
      list.kind === 'listed' && list.keyIds.has(entry.keyId) ? [region] : [],
    ),
    otherFleets: [...entry.otherFleets],
  }));
  return { keys: keys.sort((a, b) => (a.account + a.keyId < b.account + b.keyId ? -1 : 1)), answered, listedAt, notes };
};

/** A Region that named every key it holds need not say by alias or tag which are the fleet’s, if each of them was found anyway. */
const isListedInFull = (list: FleetListing, isFound: (keyId: string) => boolean): boolean =>
  list.kind === 'listed' && (list.complete || (list.keyIdsComplete && [...list.keyIds].every(isFound)));

/** Keys that the fleet file names by ID and nobody listed: they are carried on, so that somebody is told. */
const unlistedNames = (fleet: Fleet, listed: ReadonlySet<string>): ReadonlyArray<{ account: AccountId; keyId: string }> => {
  if (!('ids' in fleet.keys)) return [];
  return fleet.keys.ids
    .map(referencedKey)
    .filter(({ keyId }) => !listed.has(keyId))
    .flatMap(({ keyId, account }) =>
      (account === undefined ? fleet.accounts.slice(0, 1) : [account]).map((owner) => ({ account: owner, keyId })),
    );
};

const storedInventory = async (runtime: Runtime, fleetName: string): Promise<Inventory> => {
  const stored = await runtime.store.get(inventoryPath(fleetName));
  return stored === undefined ? { listedAt: {}, keys: [] } : (JSON.parse(stored.body) as Inventory);
};

/** Stores what was found for a day on which a Region does not list. */
export const storeInventory = async (runtime: Runtime, fleetName: string, { keys, listedAt }: Findings): Promise<void> => {
  const inventory: Inventory = { listedAt, keys: keys.map(({ account, keyId }) => ({ account, keyId })) };
  await runtime.store.put(inventoryPath(fleetName), JSON.stringify(inventory));
};
