import type { Fleet } from '../../core/fleet/schema.ts';
import { fullSince } from '../../core/inventory/inventory.ts';
import { regionsOf } from '../../core/run/request.ts';
import { storedInventory } from '../frame/keys/stored-inventory.ts';
import type { Runtime } from '../frame/runtime.ts';

/** The schedule lists each fleet every hour; an inventory that missed one turn is young enough. */
const YOUNG_MS_MAX = 2 * 3_600_000;
/** What an incident leaves for a look at what is new since the schedule listed the fleet. */
const LISTING_MS_MAX = 2_000;

/**
 * How long a plan lists: in a failover a moment only, where the stored inventory is young and knows every key. Listing ten thousand
 * keys by their aliases takes a quarter of a minute, of which nothing would be learned but keys made within the last two hours.
 */
export const listingTime = async (
  runtime: Runtime,
  { fleetName, fleet, operation }: { readonly fleetName: string; readonly fleet: Fleet; readonly operation: string | undefined },
): Promise<{ readonly msMax?: number }> => {
  if (operation !== 'failover') return {};
  const { listedAt } = await storedInventory(runtime, fleetName);
  const since = fullSince(fleet.accounts, regionsOf(fleet), listedAt);
  return since !== undefined && runtime.clock.now() - since < YOUNG_MS_MAX ? { msMax: LISTING_MS_MAX } : {};
};
