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

/** What is kept of a fleet's keys between runs, so that a key without a replica is known while its Region is dark. */
export interface Inventory {
  /** When it was stored, epoch milliseconds; zero before the first time. */
  readonly storedAt: number;
  readonly listedAt: ListedAt;
  readonly keys: readonly KeyRef[];
  /** Keys that the fleet file names and no Region that answered holds. */
  readonly notFound: readonly KeyRef[];
  /** Absent while it could not be told: a Region did not list all, or a fleet of the same accounts has no inventory yet. */
  readonly ofNoFleet?: KeysOfNoFleet;
}

export const NO_INVENTORY: Inventory = { storedAt: 0, listedAt: {}, keys: [], notFound: [] };

/** The keys that an inventory has in these accounts, of which nothing else is known. */
export const rememberedKeys = ({ keys }: Inventory, accounts: readonly AccountId[]): readonly FoundKey[] => {
  const own = new Set(accounts);
  return keys.filter(({ account }) => own.has(account)).map(remembered);
};

/** A key that nobody has listed now. */
export const remembered = (key: KeyRef): FoundKey => ({ ...key, listedIn: [], heldIn: [], otherFleets: [] });

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
