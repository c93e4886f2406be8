import type { KeyRef } from '../key/key.ts';
import type { AccountId, Region } from '../region.ts';

/** A key of a fleet as the plan found it. */
export interface FoundKey extends KeyRef {
  /** Regions in which the fleet's selector finds it; empty when only the stored inventory knows it. */
  readonly listedIn: readonly Region[];
  /** Regions that list it, selected or not: a replica has tags and aliases of its own, or none. */
  readonly heldIn: readonly Region[];
  readonly otherFleets: readonly string[];
}

/** When each account was last listed in full in each Region, by `placeOf`; epoch milliseconds. */
export type ListedAt = Readonly<Record<string, number>>;

/** What is kept of a fleet's keys between runs, so that a key without a replica is known while its Region is dark. */
export interface Inventory {
  readonly listedAt: ListedAt;
  readonly keys: readonly KeyRef[];
}

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

const NAMED_MAX = 5;

/** Says where keys may be that nobody looked at; undefined when every account was listed. */
export const incompleteNote = (accounts: readonly AccountId[], region: Region): string | undefined => {
  if (accounts.length === 0) return undefined;
  const more = accounts.length > NAMED_MAX ? ` and ${accounts.length - NAMED_MAX} more` : '';
  const named = accounts.slice(0, NAMED_MAX).join(', ');
  return `INVENTORY_INCOMPLETE: ${region} did not list all keys of ${named}${more}, nor in the 24 hours before; keys that are in no other Region may be missing.`;
};

/** Where a Region's listing and the rest disagree about a key, in a note; undefined when all Regions that answered listed it. */
export const driftNote = (key: FoundKey, answered: readonly Region[]): string | undefined => {
  const absent = answered.filter((region) => !key.listedIn.includes(region));
  if (absent.length === 0) return undefined;
  return `SELECTOR_DRIFT: the fleet's selector does not find the key in ${absent.join(', ')}`;
};
