import type { Fleet } from '../../core/fleet/schema.ts';
import { type FoundKey, fullSince, rememberedKeys } from '../../core/inventory/inventory.ts';
import { regionsOf } from '../../core/run/request.ts';
import { storedInventory } from '../frame/keys/stored-inventory.ts';
import type { Runtime } from '../frame/runtime.ts';

/** The schedule lists each fleet every hour; an inventory that missed one turn is young enough. */
const YOUNG_MS_MAX = 2 * 3_600_000;

interface Asked {
  readonly fleetName: string;
  readonly fleet: Fleet;
  readonly fleets: ReadonlyMap<string, Fleet>;
  readonly operation: string | undefined;
}

/**
 * The fleet's keys, where that is all that a failover waits for: from an inventory that is young, knows every key and was made by the same fleet file. Undefined where
 * the keys have to be listed first. Listing ten thousand of them by their aliases takes a quarter of a minute, of which nothing would be
 * learned but keys made within the last two hours.
 */
export const youngInventory = async (
  runtime: Runtime,
  { fleetName, fleet, fleets, operation }: Asked,
): Promise<readonly FoundKey[] | undefined> => {
  if (operation !== 'failover') return undefined;
  const inventory = await storedInventory(runtime, fleetName, fleets);
  const keys = rememberedKeys(inventory, fleet);
  const since = fullSince(fleet.accounts, regionsOf(fleet), inventory.listedAt);
  const isYoung = since !== undefined && runtime.clock.now() - since < YOUNG_MS_MAX;
  return isYoung && keys.length > 0 ? keys : undefined;
};
