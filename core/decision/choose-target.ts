import type { Region } from '../region.ts';
import type { Place } from './situation.ts';
import { verdictIn } from './verdict-in.ts';

export interface Choice {
  readonly target: Region;
  /** Why it is not the preferred one, in a sentence; empty when it is. */
  readonly why: string;
}

/**
 * Where a fleet may go when it leaves a Region: the standbys in their order, and the home last, since it was left for a reason. In
 * the middle of a drill first to its other Region: keys that it took into the trouble return, and those that it took out of it stay.
 */
const shelters = ({ fleet: { home, standbys }, drill }: Pick<Place, 'fleet' | 'drill'>, source: Region): readonly Region[] => {
  const ofDrill = drill !== undefined && [drill.source, drill.target].includes(source) ? [drill.source, drill.target] : [];
  return [...new Set([...ofDrill, ...standbys, home])].filter((region) => region !== source);
};

/**
 * The Region to fail over to: the first shelter that probes find healthy and that has no open incident; else the first of which nothing
 * bad is known; else the preferred one, and the guards object. Undefined when the fleet has no Region but the source.
 */
export const chooseTarget = (
  { fleet, drill, verdicts, incidents }: Pick<Place, 'fleet' | 'drill' | 'verdicts' | 'incidents'>,
  source: Region,
): Choice | undefined => {
  const candidates = shelters({ fleet, drill }, source);
  const troubled = new Set(incidents.kind === 'known' ? incidents.value.map(({ region }) => region) : []);
  const quiet = candidates.filter((region) => !troubled.has(region));
  const verdictOf = (region: Region) => verdictIn(verdicts, region).verdict;
  const target =
    quiet.find((region) => verdictOf(region) === 'healthy') ?? quiet.find((region) => verdictOf(region) === 'unknown') ?? candidates[0];
  const preferred = candidates[0];
  if (target === undefined || preferred === undefined) return undefined;
  if (target === preferred) return { target, why: '' };
  const trouble = troubled.has(preferred) ? 'has an open incident itself' : `is ${verdictOf(preferred)}`;
  return { target, why: `The keys would go to ${target}, because ${preferred} ${trouble}.` };
};
