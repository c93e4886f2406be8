import type { Region } from '../../../core/region.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import type { Judged } from '../../../core/verdict/verdict.ts';

/**
 * The Regions in which no key is asked for: one that answers nobody, and in a failover also one that ails, since it would take all the
 * time there is to say what a failover can do without. Its target it cannot do without.
 */
export const sparedRegions = (
  { operation, target }: Pick<RunRequest, 'operation' | 'target'>,
  verdicts: ReadonlyMap<Region, Judged>,
): ReadonlySet<Region> => {
  const isSpared = (region: Region, { verdict }: Judged): boolean =>
    verdict === 'unreachable' || (verdict === 'degraded' && operation === 'failover' && region !== target);
  return new Set([...verdicts].flatMap(([region, judged]) => (isSpared(region, judged) ? [region] : [])));
};
