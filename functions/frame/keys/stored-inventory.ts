import { type Inventory, type KeysOfNoFleet, type ListedAt, NO_INVENTORY } from '../../../core/inventory/inventory.ts';
import { type KeyRef, keyName } from '../../../core/key/key.ts';
import type { WriteCondition } from '../../../core/ports/store.ts';
import type { Runtime } from '../runtime.ts';

const inventoryPath = (fleetName: string): string => `inventory/${fleetName}.json`;

/** What is remembered of a fleet's keys, and the condition under which it may be overwritten. */
export const readInventory = async (
  runtime: Pick<Runtime, 'store'>,
  fleetName: string,
): Promise<{ readonly inventory: Inventory; readonly condition: WriteCondition }> => {
  const stored = await runtime.store.get(inventoryPath(fleetName));
  if (stored === undefined) return { inventory: NO_INVENTORY, condition: { ifAbsent: true } };
  return { inventory: { ...NO_INVENTORY, ...(JSON.parse(stored.body) as Partial<Inventory>) }, condition: { ifTag: stored.tag } };
};

/** What is remembered of a fleet’s keys; nothing, before its first plan. */
export const storedInventory = async (runtime: Pick<Runtime, 'store'>, fleetName: string): Promise<Inventory> =>
  (await readInventory(runtime, fleetName)).inventory;

/** What was found of a fleet, as far as it is remembered. */
interface ToRemember {
  readonly keys: readonly KeyRef[];
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
  { keys, notFound, listedAt, ofNoFleet }: ToRemember,
  condition?: WriteCondition,
): Promise<boolean> => {
  const missing = new Set(notFound.map(keyName));
  const plain = ({ account, keyId }: KeyRef) => ({ account, keyId });
  const inventory: Inventory = {
    storedAt: runtime.clock.now(),
    listedAt,
    keys: keys.filter((key) => !missing.has(keyName(key))).map(plain),
    notFound: notFound.map(plain),
    ...(ofNoFleet === undefined ? {} : { ofNoFleet }),
  };
  return (await runtime.store.put(inventoryPath(fleetName), JSON.stringify(inventory), condition)) !== undefined;
};
