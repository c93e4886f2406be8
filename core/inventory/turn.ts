import type { Inventory } from './inventory.ts';

/** When a fleet's inventory was looked after in one control Region, which has a store of its own. Times are epoch milliseconds. */
export interface InventoryTurn {
  /** Since when it is looked after. */
  readonly since: number;
  /** Nobody lists the fleet before; who begins sets this ahead, so that another tick does not do the same. */
  readonly nextAt: number;
  /** By what the fleet's keys were selected then. */
  readonly selection?: string | undefined;
  /** Since when the stored inventory knows every key; absent while it never did. */
  readonly fullAt?: number;
  /** How many keys of the fleet's accounts no fleet has; absent while nobody can tell. */
  readonly ofNoFleet?: number;
  /** How many keys the fleet file names in vain. */
  readonly notFound?: number;
}

/** An inventory that is older is listed anew. */
export const INVENTORY_AGE_MS_MAX = 3_600_000;
/** A listing that had gaps, failed or died is repeated after so long; and for so long a new fleet is left to who first needs its keys. */
export const LISTED_AGAIN_AFTER_MS = 10 * 60_000;

/** Fleets whose turn it is, those who waited longest first, and those never seen first of all. */
export const inTurn = (fleetNames: readonly string[], turns: ReadonlyMap<string, InventoryTurn>, now: number): readonly string[] => {
  const nextAt = (name: string): number => turns.get(name)?.nextAt ?? 0;
  return fleetNames.filter((name) => nextAt(name) <= now).toSorted((a, b) => nextAt(a) - nextAt(b));
};

/** The turn as it stands by the fleet file now: at once, where that selects other keys than before. Pure. */
export const turnBy = (turn: InventoryTurn | undefined, selection: string | undefined): InventoryTurn | undefined =>
  turn?.selection === undefined || turn.selection === selection ? turn : { ...turn, nextAt: 0 };

/** The turn as who begins it writes it down; undefined when it is nobody's turn, or somebody else's. */
export const begun = (turn: InventoryTurn | undefined, selection: string | undefined, now: number): InventoryTurn | undefined => {
  const due = turnBy(turn, selection);
  return due !== undefined && due.nextAt > now
    ? undefined
    : { ...due, since: due?.since ?? now, nextAt: now + LISTED_AGAIN_AFTER_MS, selection };
};

/**
 * The turn that follows from what is stored, by this tick or by a run; undefined when it is time to list.
 * @param fullAt since when the inventory knows every key
 */
export const following = (
  turn: InventoryTurn | undefined,
  inventory: Inventory,
  fullAt: number | undefined,
  now: number,
): InventoryTurn | undefined => {
  const nextAt =
    fullAt === undefined || fullAt + INVENTORY_AGE_MS_MAX <= now
      ? // Who first needs the keys of a new fleet lists them; only when nobody did is it for the tick.
        (inventory.storedAt === 0 ? (turn?.since ?? now) : inventory.storedAt) + LISTED_AGAIN_AFTER_MS
      : fullAt + INVENTORY_AGE_MS_MAX;
  if (nextAt <= now) return undefined;
  return {
    since: turn?.since ?? now,
    nextAt,
    ...(turn?.selection === undefined ? {} : { selection: turn.selection }),
    ...(fullAt === undefined ? {} : { fullAt }),
    ...(inventory.ofNoFleet === undefined ? {} : { ofNoFleet: inventory.ofNoFleet.count }),
    notFound: inventory.notFound.length,
  };
};

/** What a look before a decision found to have no keys is not listed again before this time is over… */
const EMPTY_MS_MAX = LISTED_AGAIN_AFTER_MS;
/** …or this, where a Region did not list all: it may have keys, and an incident goes on. */
const EMPTY_WITH_GAPS_MS_MAX = 2 * 60_000;

/**
 * Whether the fleet was listed a moment ago and had no keys.
 * @param fullAt since when the inventory knows every key
 */
export const wasFoundEmpty = ({ storedAt, keys }: Inventory, fullAt: number | undefined, now: number): boolean =>
  storedAt > 0 && keys.length === 0 && (now - storedAt < EMPTY_WITH_GAPS_MS_MAX || (fullAt !== undefined && now - fullAt < EMPTY_MS_MAX));
