import type { FoundKey } from '../../../core/inventory/inventory.ts';
import { seen } from '../../../core/key/agree.ts';
import type { Region } from '../../../core/region.ts';
import type { Primaries } from '../../../core/run/request-from.ts';
import type { Runtime } from '../runtime.ts';
import { observe } from './observe.ts';
import { SAMPLE_MAX, SAMPLE_PER_ACCOUNT_MAX, sampleKeys } from './sample-keys.ts';

/** In which Regions the primaries of a sample of the fleet's keys are, by what the Regions that answer say. */
export const whereabouts = async (runtime: Runtime, keys: readonly FoundKey[], regions: readonly Region[]): Promise<Primaries> => {
  const sample = sampleKeys(keys, SAMPLE_PER_ACCOUNT_MAX, SAMPLE_MAX);
  const found = await Promise.all(
    sample.map(async (key) => seen(await observe(runtime, key, regions)).flatMap(({ primaryRegion }) => primaryRegion ?? [])[0]),
  );
  const counts = new Map<Region, number>();
  for (const region of found) if (region !== undefined) counts.set(region, (counts.get(region) ?? 0) + 1);
  return counts;
};
