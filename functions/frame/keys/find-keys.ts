import { selectionOf } from '../../../core/fleet/selection.ts';
import { gathered, listedAtOf, toldInFull } from '../../../core/inventory/gather.ts';
import type { FoundKey, Inventory, KeysOfNoFleet, ListedAt } from '../../../core/inventory/inventory.ts';
import type { Listed } from '../../../core/inventory/listing.ts';
import { droppedNotes, listingNotes, notFoundNotes } from '../../../core/inventory/notes.ts';
import { keysOfNoFleet } from '../../../core/inventory/of-no-fleet.ts';
import { keyName } from '../../../core/key/key.ts';
import type { WriteCondition } from '../../../core/ports/store.ts';
import type { AccountId, Region } from '../../../core/region.ts';
import { pooled } from '../pooled.ts';
import type { Runtime } from '../runtime.ts';
import { stillTagged } from './confirm-tags.ts';
import { listEverywhere } from './list-everywhere.ts';
import type { Search } from './search.ts';
import { readInventory, storedInventory } from './stored-inventory.ts';

/** What was found of a fleet, and how complete it is. */
export interface Findings {
  /** By what the keys were selected. */
  readonly selection: string | undefined;
  readonly keys: readonly FoundKey[];
  /** Those of the keys that only the fleet file knows. */
  readonly notFound: readonly FoundKey[];
  /** Regions whose listing is complete, per account. */
  readonly answered: ReadonlyMap<AccountId, readonly Region[]>;
  /** When each account was last listed in full in each Region, now or before: none of the fleet’s keys there is missing. */
  readonly listedAt: ListedAt;
  /** Keys of the accounts that no fleet has, as last counted. */
  readonly ofNoFleet: KeysOfNoFleet | undefined;
  /** What was missing, in sentences. */
  readonly notes: readonly string[];
  /** How the inventory that was united with the listings was stored, for whoever will not overwrite a later one. */
  readonly stored: WriteCondition;
}

/** How many other fleets' inventories are read at once. */
const READS_AT_ONCE = 10;

/**
 * Finds a fleet's keys: the union of what each Region lists, in the time it is given, of the keys that the fleet file names, and of
 * the stored inventory, less those of it that no Region has any more, although all listed everything.
 */
export const findKeys = async (runtime: Runtime, search: Search): Promise<Findings> => {
  const { fleet } = search;
  const [lists, { inventory: stored, condition }, rivals] = await Promise.all([
    listEverywhere(runtime, search),
    readInventory(runtime, search.fleetName, search.fleets),
    rivalsOf(runtime, search),
  ]);
  const { keys: kept, notFound, gone } = gathered(fleet, lists, stored.keys);
  const still = await stillTagged(runtime, search, gone);
  const stays = new Set(still.map(keyName));
  const keys = still.length === 0 ? kept : [...kept, ...still];

  const now = runtime.clock.now();
  const told = toldInFull(fleet, lists).filter((account) => rivals.every((rival) => isKnownOf(rival, account)));
  const taken = new Set([...keys, ...rivals.flatMap((rival) => rival.inventory.keys)].map(keyName));
  return {
    selection: selectionOf(search.fleets, search.fleetName),
    keys: [...keys, ...notFound].sort((a, b) => (keyName(a) < keyName(b) ? -1 : 1)),
    notFound,
    answered: answeredBy(lists),
    listedAt: listedAtOf(fleet, lists, keys, stored, now),
    ofNoFleet: keysOfNoFleet(lists, told, taken, now) ?? stored.ofNoFleet,
    notes: [
      ...listingNotes(lists, stored.listedAt, now),
      ...droppedNotes(gone.filter((key) => !stays.has(keyName(key)))),
      ...notFoundNotes(notFound),
    ],
    stored: condition,
  };
};

const answeredBy = (lists: readonly Listed[]): ReadonlyMap<AccountId, readonly Region[]> => {
  const answered = new Map<AccountId, Region[]>();
  for (const { account, region, list } of lists)
    if (list.kind === 'listed' && list.complete) answered.set(account, [...(answered.get(account) ?? []), region]);
  return answered;
};

interface Rival {
  readonly accounts: ReadonlySet<AccountId>;
  readonly inventory: Inventory;
}

/** The inventories of the other fleets that draw on the same accounts. A fleet that takes every key leaves none to ask about. */
const rivalsOf = async (runtime: Runtime, { fleetName, fleet, fleets }: Search): Promise<readonly Rival[]> => {
  if ('all' in fleet.keys) return [];
  const own = new Set(fleet.accounts);
  const rivals = [...fleets].filter(([name, { accounts }]) => name !== fleetName && accounts.some((account) => own.has(account)));
  return pooled(rivals, READS_AT_ONCE, async ([name, { accounts }]) => ({
    accounts: new Set(accounts),
    inventory: await storedInventory(runtime, name),
  }));
};

/** Whether it is known which of the account's keys are the rival's. */
const isKnownOf = ({ accounts, inventory }: Rival, account: AccountId): boolean =>
  !accounts.has(account) || Object.keys(inventory.listedAt).some((place) => place.startsWith(`${account}/`));
