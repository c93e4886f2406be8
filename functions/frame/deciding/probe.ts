import type { Region } from '../../../core/region.ts';
import { judge } from '../../../core/verdict/judge.ts';
import type { Judged } from '../../../core/verdict/verdict.ts';
import { healthySince, type ProbeWindow, type ProbeWindows, watched, withProbes, withWindows } from '../../../core/verdict/window.ts';
import { changeItem } from '../item.ts';
import type { Runtime } from '../runtime.ts';
import { burst, type ProbeAsk } from './burst.ts';

/** How many calls a look before a decision spends on one Region, and one of the tick, beside the write probe. */
const BURST_PROBES = 5;
const TICK_PROBES = 2;

/**
 * What KMS is like in these Regions, seen from this control Region: a short burst of calls now, and what the ticks of the last
 * minutes saw. Takes about 3 s when a Region answers, and at most about 10 s when it does not.
 */
export const probed = async (runtime: Runtime, ask: ProbeAsk): Promise<ReadonlyMap<Region, Judged>> => {
  const [stored, bursts] = await Promise.all([storedWindows(runtime, ask.fleetName), burst(runtime, ask, BURST_PROBES)]);
  const now = runtime.clock.now();
  return judge(new Map(bursts.map(({ region, probes }) => [region, withProbes(stored?.regions[region], probes, now)])), now);
};

/** The tick's look: a few calls to each Region, kept for later judgements. */
export const watchRegions = async (runtime: Runtime, ask: ProbeAsk): Promise<ReadonlyMap<Region, Judged>> => {
  const bursts = await burst(runtime, ask, TICK_PROBES);
  return changeItem<ProbeWindows, ReadonlyMap<Region, Judged>>(runtime, 'probe', idOf(runtime, ask.fleetName), (before) => {
    const now = runtime.clock.now();
    const windows = new Map(bursts.map(({ region, probes }) => [region, withProbes(before?.regions[region], probes, now)]));
    const verdicts = judge(windows, now);
    const after = [...windows].map(([region, window]): [Region, ProbeWindow] => [
      region,
      watched(window, verdicts.get(region)?.verdict === 'healthy', now),
    ]);
    return { store: withWindows(before, new Map(after)), answer: verdicts };
  });
};

/** Since when the ticks have found a Region healthy without a break; undefined when it is not, or nobody looked lately. */
export const healthySinceOf = async (runtime: Runtime, fleetName: string, region: Region): Promise<number | undefined> =>
  healthySince((await storedWindows(runtime, fleetName))?.regions[region], runtime.clock.now());

const idOf = (runtime: Runtime, fleetName: string): string => `${fleetName}/${runtime.controlRegion}`;

const storedWindows = async (runtime: Runtime, fleetName: string): Promise<ProbeWindows | undefined> =>
  (await runtime.table.read<ProbeWindows>('probe', idOf(runtime, fleetName)))?.value;
