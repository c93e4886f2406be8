import { referencedKey } from '../fleet/key-reference.ts';
import type { Fleet } from '../fleet/schema.ts';
import type { KeyRef } from '../key/key.ts';
import { keyName } from '../key/key.ts';
import type { AccountId, Region } from '../region.ts';
import { regionsOf } from '../run/request.ts';
import { type FoundKey, type Inventory, type ListedAt, mayBeOf, placeOf, type RememberedKey } from './inventory.ts';
import type { FleetListing, Listed } from './listing.ts';

/** What is known of a fleet's keys, as the Regions listed them and the stored inventory had them. */
interface Gathering {
  /** What the Regions list and what was stored, sorted. */
  readonly keys: readonly FoundKey[];
  /** Keys that the fleet file names, and that are neither listed nor stored: carried on, so that somebody is told. */
  readonly notFound: readonly FoundKey[];
  /** Stored keys that no Region has any more, or none as the fleet's, although all of its Regions listed all that there is to tell it by. */
  readonly gone: readonly FoundKey[];
}

type RegionList = Extract<FleetListing, { kind: 'listed' }>;

interface Entry extends KeyRef {
  readonly listedIn: Region[];
  readonly heldIn: Region[];
  readonly otherFleets: Set<string>;
}

/** Unites what was listed with what was stored. Keys of accounts that the fleet has no more are not its keys. */
export const gathered = (fleet: Fleet, lists: readonly Listed[], stored: readonly RememberedKey[]): Gathering => {
  const entries = new Map<string, Entry>();
  const entryOf = ({ account, keyId }: KeyRef): Entry => {
    const id = keyName({ account, keyId });
    const entry = entries.get(id) ?? { account, keyId, listedIn: [], heldIn: [], otherFleets: new Set() };
    entries.set(id, entry);
    return entry;
  };
  for (const { account, region, list } of lists) {
    for (const { keyId, otherFleets } of list.kind === 'listed' ? list.keys : []) {
      const entry = entryOf({ account, keyId });
      entry.listedIn.push(region);
      for (const other of otherFleets) entry.otherFleets.add(other);
    }
  }
  for (const key of stored.filter(mayBeOf(fleet))) {
    const entry = entryOf(key);
    // Who has listed it now knows better.
    if (entry.listedIn.length === 0) for (const other of key.otherFleets ?? []) entry.otherFleets.add(other);
  }

  const listsOf = Map.groupBy(lists, ({ account }) => account);
  for (const entry of entries.values())
    for (const { region, list } of listsOf.get(entry.account) ?? [])
      if (list.kind === 'listed' && list.keyIds.has(entry.keyId)) entry.heldIn.push(region);

  const [gone, kept] = parted([...entries.values()], goneFrom(fleet, lists));
  const known = new Set(kept.map(({ keyId }) => keyId));
  const notFound = namedKeys(fleet)
    .filter(({ keyId }) => !known.has(keyId))
    .map((key): Entry => ({ ...key, listedIn: [], heldIn: [], otherFleets: new Set() }));
  const missing = new Set(notFound.map(keyName));
  return {
    keys: kept.map(foundKey).sort(byId),
    notFound: notFound.map(foundKey),
    gone: gone.filter((key) => !missing.has(keyName(key))).map(foundKey),
  };
};

const foundKey = ({ otherFleets, ...entry }: Entry): FoundKey => ({ ...entry, otherFleets: [...otherFleets] });

const byId = (a: KeyRef, b: KeyRef): number => (a.account + a.keyId < b.account + b.keyId ? -1 : 1);

const parted = <T>(items: readonly T[], isFirst: (item: T) => boolean): readonly [T[], T[]] => [
  items.filter(isFirst),
  items.filter((item) => !isFirst(item)),
];

/** Whether a key is the fleet's no more: one listing with gaps, in any Region of the fleet, and nothing can be said. */
const goneFrom = (fleet: Fleet, lists: readonly Listed[]): ((entry: Entry) => boolean) => {
  const holdsAll = new Set(accountsWhere(fleet, lists, ({ keyIdsComplete }) => keyIdsComplete));
  const tellsAll = new Set(toldInFull(fleet, lists));
  return ({ account, listedIn, heldIn }) =>
    listedIn.length === 0 && (tellsAll.has(account) || (holdsAll.has(account) && heldIn.length === 0));
};

/** The accounts of the fleet all of whose Regions told every key of the fleet. */
export const toldInFull = (fleet: Fleet, lists: readonly Listed[]): readonly AccountId[] =>
  accountsWhere(fleet, lists, ({ complete }) => complete);

const accountsWhere = (fleet: Fleet, lists: readonly Listed[], isWhole: (list: RegionList) => boolean): readonly AccountId[] => {
  const whole = new Set(
    lists.flatMap(({ account, region, list }) => (list.kind === 'listed' && isWhole(list) ? [placeOf(account, region)] : [])),
  );
  return fleet.accounts.filter((account) => regionsOf(fleet).every((region) => whole.has(placeOf(account, region))));
};

/** The keys that the fleet file names one by one; a bare ID speaks of all accounts, and stands here for the first. */
const namedKeys = (fleet: Fleet): readonly KeyRef[] =>
  'ids' in fleet.keys
    ? fleet.keys.ids
        .map(referencedKey)
        .flatMap(({ keyId, account }) =>
          (account === undefined ? fleet.accounts.slice(0, 1) : [account]).map((owner) => ({ account: owner, keyId })),
        )
    : [];

/**
 * When each place of the fleet was listed in full, now or before. A Region that named every key it holds need not say by alias or
 * tag which are the fleet's, if each of them was found anyway.
 */
export const listedAtOf = (fleet: Fleet, lists: readonly Listed[], keys: readonly FoundKey[], stored: Inventory, now: number): ListedAt => {
  const found = new Set(keys.map(keyName));
  const isFull = ({ account, list }: Listed): boolean =>
    list.kind === 'listed' &&
    (list.complete || (list.keyIdsComplete && [...list.keyIds].every((keyId) => found.has(keyName({ account, keyId })))));
  const full = new Set(lists.filter(isFull).map(({ account, region }) => placeOf(account, region)));
  return Object.fromEntries(
    fleet.accounts
      .flatMap((account) => regionsOf(fleet).map((region) => placeOf(account, region)))
      .flatMap((place): Array<[string, number]> => {
        const at = full.has(place) ? now : stored.listedAt[place];
        return at === undefined ? [] : [[place, at]];
      }),
  );
};
