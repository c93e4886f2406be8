import type { Fleet } from '../fleet/schema.ts';
import type { Region } from '../region.ts';
import type { ConsoleInput } from './console-input.ts';
import type { Operation } from './operation.ts';
import { type RunRequest, regionsOf } from './request.ts';

/** How many of a fleet's primaries were seen in each Region; empty when nobody answered. */
export type Primaries = ReadonlyMap<Region, number>;

/**
 * Makes a request of what was asked for and of where the primaries are. The source is the Region that holds most of those that
 * would have to move; when nobody says where they are, the home. Pure.
 * @returns the request, or the sentence that says why there is nothing to ask for
 */
export const requestFrom = (
  input: ConsoleInput,
  fleet: Fleet,
  primaries: Primaries,
): { readonly request: RunRequest } | { readonly problems: readonly string[] } => {
  const { fleet: name, operation, reason: incident } = input;
  const source = sourceOf(fleet, primaries, input.target ?? (operation === 'failback' ? fleet.home : undefined));
  const target = input.target ?? targetOf(fleet, operation, source);
  // Other operations prove that every key is in place and end green; a drill that moves nothing would prove nothing.
  if (operation === 'drill' && primaries.size > 0 && [...primaries.keys()].every((region) => region === target))
    return {
      problems: [`target: the primaries of fleet ${name} are in ${target} already, so a drill there would move none; name another Region.`],
    };
  return { request: { fleet: name, operation, source, target, incident } };
};

const sourceOf = (fleet: Fleet, primaries: Primaries, target: Region | undefined): Region => {
  const [most] = [...primaries].filter(([region]) => region !== target).toSorted(([, a], [, b]) => b - a);
  return most?.[0] ?? regionsOf(fleet).find((region) => region !== target) ?? fleet.home;
};

const targetOf = (fleet: Fleet, operation: Operation, source: Region): Region => {
  if (operation === 'failback') return fleet.home;
  const preferred = operation === 'drill' && fleet.drill.target !== undefined ? [fleet.drill.target] : [];
  return [...preferred, ...fleet.standbys, fleet.home].find((region) => region !== source) ?? fleet.home;
};

/** What a run has to be started with so that it does this. */
export const inputFor = ({ fleet, operation, target, incident }: RunRequest): ConsoleInput => ({
  fleet,
  operation,
  target,
  reason: incident,
});
