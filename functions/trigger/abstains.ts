import type { Region } from '../../core/region.ts';
import type { Runtime } from '../frame/runtime.ts';

/**
 * Whether this control Region leaves an incident to its peers, since it is the one in trouble: they hear of the same signals and share
 * the table, and a run that is started here would depend on what ails.
 */
export const abstains = (
  { controlRegion, peerRegions }: Pick<Runtime, 'controlRegion' | 'peerRegions'>,
  inTrouble: string | Region,
): boolean => peerRegions.length > 0 && inTrouble === controlRegion;
