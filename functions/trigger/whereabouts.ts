import type { Fleet } from '../../core/fleet/schema.ts';
import { viewIn } from '../../core/key/agree.ts';
import type { Region } from '../../core/region.ts';
import { findKeys } from '../frame/find-keys.ts';
import { observe } from '../frame/observe.ts';
import type { Runtime } from '../frame/runtime.ts';

/** How many keys are described to learn where a fleet's primaries are. The plan reads every key's truth anyway. */
const SAMPLE_KEYS_MAX = 20;

/**
 * Whether a fleet has primaries in a Region, asked of the fleet's other Regions, since that one may be in trouble.
 * When those know nothing either, the fleet's home speaks.
 */
export const hasPrimariesIn = async (
  runtime: Runtime,
  fleetName: string,
  fleets: ReadonlyMap<string, Fleet>,
  fleet: Fleet,
  source: Region,
): Promise<boolean> => {
  const others = [fleet.home, ...fleet.standbys].filter((region) => region !== source);
  const { keys } = await findKeys(runtime, { fleetName, fleets, fleet, regions: others });
  const step = Math.max(1, Math.floor(keys.length / SAMPLE_KEYS_MAX));
  const sample = keys.filter((_, index) => index % step === 0);
  const readings = await Promise.all(sample.map((key) => observe(runtime, key, others)));
  const views = readings.flatMap((some) => others.flatMap((region) => viewIn(some, region) ?? []));
  return views.length > 0 ? views.some((view) => view.primaryRegion === source) : fleet.home === source;
};
