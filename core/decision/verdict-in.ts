import type { Region } from '../region.ts';
import type { Judged } from '../verdict/verdict.ts';

/** What the probes say of a Region; one that was not probed is unknown. */
export const verdictIn = (verdicts: ReadonlyMap<Region, Judged>, region: Region): Judged =>
  verdicts.get(region) ?? { verdict: 'unknown', why: `${region} was not probed` };
