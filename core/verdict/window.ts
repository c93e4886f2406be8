import type { Region } from '../region.ts';
import type { Probe } from './probe.ts';

/** What is remembered of the probes of one Region. */
export interface ProbeWindow {
  /** The last probes, the oldest first. */
  readonly probes: readonly Probe[];
  /** What an answer takes in quiet times, in milliseconds; absent until the Region was found healthy once. */
  readonly baselineMs?: number;
  /** When the Region was last looked at by the tick. */
  readonly watchedAt?: number;
  /** Since when every look of the tick found it healthy; absent when the last one did not. */
  readonly healthySince?: number;
}

/** What one control Region’s ticks remember of a fleet’s Regions. Item `probe` / `<fleet>/<control Region>`: what is slow depends on the place. */
export interface ProbeWindows {
  readonly regions: Readonly<Record<string, ProbeWindow>>;
}

/** No more is kept of one Region, and nothing is judged by what is older. */
export const PROBES_MAX = 20;
export const WINDOW_MS = 180_000;
/** A look that came so long after the last one does not continue what that one saw. */
const LOOKS_APART_MS_MAX = 300_000;
/** How much one healthy look changes the baseline: it follows a new route within a quarter of an hour, and no single minute. */
const BASELINE_SHARE = 0.1;

/** The window with more probes, without those that are too old or too many. */
export const withProbes = (before: ProbeWindow | undefined, probes: readonly Probe[], now: number): ProbeWindow => ({
  ...before,
  probes: [...(before?.probes ?? []), ...probes].filter(({ at }) => now - at <= WINDOW_MS).slice(-PROBES_MAX),
});

/** The window after a look of the tick, which found the Region healthy or did not. */
export const watched = (window: ProbeWindow, isHealthy: boolean, now: number): ProbeWindow => {
  const { healthySince, ...rest } = window;
  if (!isHealthy) return { ...rest, watchedAt: now };
  const since = healthySince !== undefined && isContinued(window, now) ? healthySince : now;
  const usual = median(window.probes.filter(({ result, write }) => result === 'answered' && write === undefined));
  const baselineMs = window.baselineMs === undefined ? usual : window.baselineMs + (usual - window.baselineMs) * BASELINE_SHARE;
  return { ...rest, watchedAt: now, healthySince: since, baselineMs };
};

/** Since when the Region is healthy without a break, or undefined when it is not, or when nobody looked lately. */
export const healthySince = (window: ProbeWindow | undefined, now: number): number | undefined =>
  window !== undefined && isContinued(window, now) ? window.healthySince : undefined;

const isContinued = ({ watchedAt }: ProbeWindow, now: number): boolean => watchedAt !== undefined && now - watchedAt <= LOOKS_APART_MS_MAX;

const median = (probes: readonly Probe[]): number => {
  const sorted = probes.map(({ latencyMs }) => latencyMs).toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** The item with other windows for some of its Regions. */
export const withWindows = (before: ProbeWindows | undefined, changed: ReadonlyMap<Region, ProbeWindow>): ProbeWindows => ({
  regions: { ...before?.regions, ...Object.fromEntries(changed) },
});
