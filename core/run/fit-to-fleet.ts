import type { Fleet } from '../fleet/schema.ts';
import type { ConsoleInput } from './console-input.ts';
import { regionsOf } from './request.ts';

/**
 * Whether what is asked for makes sense for the fleets of the file.
 * @returns the fleet, or the sentences that say what does not fit
 */
export const fitToFleet = (
  { fleet: name, operation, target }: Pick<ConsoleInput, 'fleet' | 'operation' | 'target'>,
  fleets: ReadonlyMap<string, Fleet>,
): { readonly fleet: Fleet } | { readonly problems: readonly string[] } => {
  const fleet = fleets.get(name);
  if (fleet === undefined)
    return { problems: [`fleet: the fleet file has no fleet named "${name}"; it has ${[...fleets.keys()].join(', ')}.`] };
  if (target === undefined) return { fleet };
  const regions = regionsOf(fleet);
  if (!regions.includes(target))
    return { problems: [`target: fleet ${name} lives in ${regions.join(', ')}; got "${target}", where none of its keys may go.`] };
  if (operation === 'failback' && target !== fleet.home)
    return { problems: [`target: a failback brings the keys home, and the home of fleet ${name} is ${fleet.home}; got "${target}".`] };
  return { fleet };
};
