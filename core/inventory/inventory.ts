import { referencedKey } from '../fleet/key-reference.ts';
import type { Fleet } from '../fleet/schema.ts';
import type { KeyRef } from '../key/key.ts';
import type { AccountId, Region } from '../region.ts';

/** A key of a fleet as the plan found it. */
export interface FoundKey extends KeyRef {
  /** Regions in which the fleet's selector finds it; empty when only the stored inventory, or the fleet file, knows it. */
  readonly listedIn: readonly Region[];
  /** Regions that list it, selected or not: a replica has tags and aliases of its own, or none. */
  readonly heldIn: readonly Region[];
  readonly otherFleets: readonly string[];
}

/** When each account was last listed in full in each Region, by `placeOf`; epoch milliseconds. */
export type ListedAt = Readonly<Record<string, number>>;

/** Multi-Region keys of a fleet's accounts that belong to no fleet, as far as its Regions list them. */
export interface KeysOfNoFleet {
  /** When they were counted, epoch milliseconds. */
  readonly at: number;
  readonly count: number;
  /** The first of them. */
  readonly sample: readonly KeyRef[];
}

/** A key of the inventory. */
export interface RememberedKey extends KeyRef {
  /** Other fleets that select it too; absent when there are none. */
  readonly otherFleets?: readonly string[];
}

/** What is kept of a fleet's keys between runs, so that a key without a replica is known while its Region is dark. */
export interface Inventory {
  /** When it was stored, epoch milliseconds; zero before the first time. */
  readonly storedAt: number;
  /** By what the keys were selected, as `selectionOf` says it. */
  readonly selection?: string | undefined;
  readonly listedAt: ListedAt;
  readonly keys: readonly RememberedKey[];
  /** Keys that the fleet file names and no Region that answered holds. */
  readonly notFound: readonly KeyRef[];
  /** Absent while it could not be told: a Region did not list all, or a fleet of the same accounts has no inventory yet. */
  readonly ofNoFleet?: KeysOfNoFleet;
}

export const NO_INVENTORY: Inventory = { storedAt: 0, listedAt: {}, keys: [], notFound: [] };

/**
 * What of an inventory still holds after the fleet file was changed: its keys are worth a look, but no listing by another selection
 * has found all of them. Pure.
 * @param selection of the fleet file now
 */
export const heldAgainst = (inventory: Inventory, selection: string | undefined): Inventory =>
  inventory.selection === undefined || inventory.selection === selection
    ? inventory
    : { ...inventory, listedAt: {}, keys: inventory.keys.map(({ account, keyId }) => ({ account, keyId })) };

/** The keys of an inventory that may be the fleet's still: of its accounts and, where the fleet file names each key, named. Pure. */
export const rememberedKeys = ({ keys }: Inventory, fleet: Fleet): readonly FoundKey[] => keys.filter(mayBeOf(fleet)).map(remembered);

/** Whether a key that was the fleet's can be so still, by all that the fleet file says without the key's aliases and tags. */
export const mayBeOf = ({ accounts, keys }: Fleet): ((key: KeyRef) => boolean) => {
  const own = new Set(accounts);
  const named = 'ids' in keys ? new Set(keys.ids.map((reference) => referencedKey(reference).keyId)) : undefined;
  return ({ account, keyId }) => own.has(account) && named?.has(keyId) !== false;
};

/** A key that nobody has listed now. */
export const remembered = ({ account, keyId, otherFleets = [] }: RememberedKey): FoundKey => ({
  account,
  keyId,
  listedIn: [],
  heldIn: [],
  otherFleets,
});

/** For so long a full listing is taken to know every key. */
const LISTING_AGE_MS_MAX = 24 * 3_600_000;

/** One account in one Region. */
export const placeOf = (account: AccountId, region: Region): string => `${account}/${region}`;

/** The accounts whose keys in a Region may not all be known: no listing of the last 24 hours came to its end there. */
export const unlisted = (accounts: readonly AccountId[], region: Region, listedAt: ListedAt, now: number): AccountId[] =>
  accounts.filter((account) => {
    const at = listedAt[placeOf(account, region)];
    return at === undefined || now - at > LISTING_AGE_MS_MAX;
  });

/** Since when the inventory knows every key in all of these Regions; undefined when some place was never listed in full. */
export const fullSince = (accounts: readonly AccountId[], regions: readonly Region[], listedAt: ListedAt): number | undefined => {
  const ages = accounts.flatMap((account) => regions.map((region) => listedAt[placeOf(account, region)]));
  return ages.reduce(
    (oldest, at) => (oldest === undefined || at === undefined ? undefined : Math.min(oldest, at)),
    Number.POSITIVE_INFINITY,
  );
};
