import type { Region } from '../region.ts';
import { SHARE_OF_QUOTA } from './eta.ts';

/** What Service Quotas said of a fleet's accounts, by Region: the lowest of theirs, in calls a second. */
export interface KnownQuotas {
  /** When they were read, epoch milliseconds. */
  readonly at: number;
  readonly lowestPerSecond: Readonly<Record<string, number>>;
}

/** The rate that a run keeps to, and what there is to say of it. */
export interface Pace {
  readonly ratePerSecond: number;
  readonly notes: readonly string[];
}

/**
 * The configured rate, unless a Region of the fleet has a quota that does not bear it: a call spends it in two Regions, so one that was
 * forgotten when the others were raised slows all. A quota that nobody could read is taken to be what the fleet file counts on. Pure.
 */
export const paceWithin = (configuredPerSecond: number, regions: readonly Region[], known: KnownQuotas | undefined): Pace => {
  const quotas = regions.flatMap((region) => {
    const perSecond = known?.lowestPerSecond[region];
    return perSecond === undefined ? [] : [{ region, perSecond }];
  });
  const [lowest] = quotas.toSorted((a, b) => a.perSecond - b.perSecond);
  if (lowest === undefined || lowest.perSecond * SHARE_OF_QUOTA >= configuredPerSecond)
    return { ratePerSecond: configuredPerSecond, notes: [] };
  const ratePerSecond = lowest.perSecond * SHARE_OF_QUOTA;
  return {
    ratePerSecond,
    notes: [
      `ratePerSecond is ${configuredPerSecond}, but KMS in ${lowest.region} allows ${lowest.perSecond} changes of a primary Region a second: the run keeps to ${ratePerSecond}. Raise the quota of UpdatePrimaryRegion in every Region of the fleet.`,
    ],
  };
};
