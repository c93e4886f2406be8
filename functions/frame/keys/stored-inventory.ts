import type { Fleet } from '../../../core/fleet/schema.ts';
import { selectionOf } from '../../../core/fleet/selection.ts';
import {
  heldAgainst,
  type Inventory,
  type KeysOfNoFleet,
  type ListedAt,
  NO_INVENTORY,
  type RememberedKey,
} from '../../../core/inventory/inventory.ts';
import { type KeyRef, keyName } from '../../../core/key/key.ts';
import type { WriteCondition } from '../../../core/ports/store.ts';
import type { Runtime } from '../runtime.ts';

const inventoryPath = (fleetName: string): string => `inventory/${fleetName}.json`;

/**
 * What is remembered of a fleet's keys, and the condition under which it may be overwritten.
 * @param fleets of the fleet file, by which it has to hold still; without them it is what was true when it was stored
 */
export const readInventory = async (
  runtime: Pick<Runtime, 'store'>,
  fleetName: string,
  fleets?: ReadonlyMap<string, Fleet>,
): Promise<{ readonly inventory: Inventory; readonly condition: WriteCondition }> => {
  const stored = await runtime.store.get(inventoryPath(fleetName));
  if (stored === undefined) return { inventory: NO_INVENTORY, condition: { ifAbsent: true } };
  const inventory: Inventory = { ...NO_INVENTORY, ...(JSON.parse(stored.body) as Partial<Inventory>) };
  const held = fleets === undefined ? inventory : heldAgainst(inventory, selectionOf(fleets, fleetName));
  return { inventory: held, condition: { ifTag: stored.tag } };
};

/** What is remembered of a fleet’s keys; nothing, before its first plan. */
export const storedInventory = async (
  runtime: Pick<Runtime, 'store'>,
  fleetName: string,
  fleets?: ReadonlyMap<string, Fleet>,
): Promise<Inventory> => (await readInventory(runtime, fleetName, fleets)).inventory;

/** What was found of a fleet, as far as it is remembered. */
interface ToRemember {
  /** By what the keys were selected. */
  readonly selection?: string | undefined;
  readonly keys: readonly RememberedKey[];
  /** Those of the keys that only the fleet file knows. */
  readonly notFound: readonly KeyRef[];
  readonly listedAt: ListedAt;
  readonly ofNoFleet: KeysOfNoFleet | undefined;
}

/**
 * Stores what was found for a day on which a Region does not list.
 * @param condition given by who must not overwrite what others stored meanwhile
 * @returns false when the condition did not hold
 */
export const storeInventory = async (
  runtime: Pick<Runtime, 'store' | 'clock'>,
  fleetName: string,
  { selection, keys, notFound, listedAt, ofNoFleet }: ToRemember,
  condition?: WriteCondition,
): Promise<boolean> => {
  const missing = new Set(notFound.map(keyName));
  const plain = ({ account, keyId }: KeyRef) => ({ account, keyId });
  const inventory: Inventory = {
    storedAt: runtime.clock.now(),
    selection,
    listedAt,
    keys: keys
      .filter((key) => !missing.has(keyName(key)))
      .map(({ otherFleets = [], ...key }) => (otherFleets.length === 0 ? plain(key) : { ...plain(key), otherFleets })),
    notFound: notFound.map(plain),
    ...(ofNoFleet === undefined ? {} : { ofNoFleet }),
  };
  return (await runtime.store.put(inventoryPath(fleetName), JSON.stringify(inventory), condition)) !== undefined;
};
