import { loadFleets } from '../frame/fleets.ts';
import type { Runtime } from '../frame/runtime.ts';
import type { Deed } from './deed.ts';

/** @returns what to answer when the fleet file has no such fleet, undefined when it has */
export const unknownFleet = async (runtime: Runtime, fleet: string): Promise<Deed | undefined> => {
  const fleets = await loadFleets(runtime);
  if (fleets.has(fleet)) return undefined;
  return { status: 404, message: `fleet: the fleet file has no fleet named "${fleet}"; it has ${[...fleets.keys()].join(', ')}.` };
};
