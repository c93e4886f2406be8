import type { Fleet } from '../fleet/schema.ts';
import type { RunRequest } from './request.ts';

/**
 * Whether a request makes sense for the fleets of the file.
 * @returns the fleet, or the sentences that say what does not fitToFleet.
 */
export const fitToFleet = (
  request: RunRequest,
  fleets: ReadonlyMap<string, Fleet>,
): { readonly fleet: Fleet } | { readonly problems: readonly string[] } => {
  const fleet = fleets.get(request.fleet);
  if (fleet === undefined) {
    const known = [...fleets.keys()].join(', ');
    return { problems: [`fleet: the fleet file has no fleet named "${request.fleet}"; it has ${known}.`] };
  }
  const regions: readonly string[] = [fleet.home, ...fleet.standbys];
  const problems: string[] = [];
  for (const side of ['source', 'target'] as const) {
    if (!regions.includes(request[side]))
      problems.push(
        `${side}: fleet ${request.fleet} lives in ${regions.join(', ')}; got "${request[side]}", where none of its keys may go.`,
      );
  }
  if (request.source === request.target)
    problems.push(`target: expected another Region than the source; both are "${request.source}", so there would be nothing to move.`);
  if (request.operation === 'failback' && request.target !== fleet.home)
    problems.push(
      `target: a failback brings the keys home, and the home of fleet ${request.fleet} is ${fleet.home}; got "${request.target}".`,
    );
  return problems.length > 0 ? { problems } : { fleet };
};
