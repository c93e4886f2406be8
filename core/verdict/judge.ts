import type { Region } from '../region.ts';
import type { Probe } from './probe.ts';
import type { Judged } from './verdict.ts';
import { type ProbeWindow, WINDOW_MS } from './window.ts';

/** Probes that are older say how it was, not how it is. */
const RECENT_MS = 30_000;
/** An answer is slow when it takes so much longer than in quiet times, and so long at all: KMS reads take a tenth of that across an ocean. */
const SLOW_FACTOR = 5;
const SLOW_MS_MIN = 1_500;
/** One bad call in many is KMS on an ordinary day; this many, and this share, is trouble. */
const BAD_MIN = 2;
const BAD_SHARE_MIN = 0.25;
/** A promotion that fails says as much as two reads do: it is what a run would have to do. */
const WRITE_WEIGHT = 2;
/** A single call without an answer is no outage. */
const SILENT_MIN = 2;

/**
 * Judges Regions that were probed from the same place. Pure.
 * A Region in trouble is believed only if another one is healthy: else the trouble may be ours.
 */
export const judge = (windows: ReadonlyMap<Region, ProbeWindow>, now: number): ReadonlyMap<Region, Judged> => {
  const alone = new Map([...windows].map(([region, window]) => [region, judgeAlone(window, now)] as const));
  const isAnyHealthy = [...alone.values()].some(({ verdict }) => verdict === 'healthy');
  return new Map(
    [...alone].map(([region, judged]) => [
      region,
      isAnyHealthy || judged.verdict === 'unknown'
        ? judged
        : { verdict: 'unknown', why: `${judged.why}; no other Region of the fleet is healthy from here, so the trouble may be ours` },
    ]),
  );
};

const judgeAlone = (window: ProbeWindow, now: number): Judged => {
  const recent = window.probes.filter(({ at }) => now - at <= RECENT_MS);
  const telling = recent.filter(isTelling);
  const why = inWords(recent, window);
  if (recent.length === 0) return { verdict: 'unknown', why: `nobody probed in the last ${RECENT_MS / 1000} s` };
  if (telling.length * 2 <= recent.length) return { verdict: 'unknown', why };
  const answered = telling.filter(({ result }) => result === 'answered');
  if (answered.length === 0) return { verdict: telling.length >= SILENT_MIN ? 'unreachable' : 'unknown', why };
  if (isTrouble(telling, window)) return { verdict: 'degraded', why };
  const lately = window.probes.filter((probe) => isTelling(probe) && now - probe.at <= WINDOW_MS);
  if (isTrouble(lately, window)) return { verdict: 'degraded', why: `${inWords(lately, window)} in the last ${WINDOW_MS / 60_000} min` };
  return { verdict: 'healthy', why };
};

/** Whether it tells anything of KMS. */
const isTelling = ({ result }: Probe): boolean => result === 'answered' || result === 'failed';

const isTrouble = (telling: readonly Probe[], window: ProbeWindow): boolean => {
  const weightOf = (probes: readonly Probe[]) => probes.reduce((sum, { write }) => sum + (write ? WRITE_WEIGHT : 1), 0);
  const bad = weightOf(telling.filter((probe) => probe.result === 'failed' || isSlow(probe, window)));
  return bad >= BAD_MIN && bad >= BAD_SHARE_MIN * weightOf(telling);
};

const isSlow = ({ result, latencyMs }: Probe, { baselineMs = 0 }: ProbeWindow): boolean =>
  result === 'answered' && latencyMs >= Math.max(SLOW_MS_MIN, SLOW_FACTOR * baselineMs);

/** "2 of 5 probes failed, 1 was slow (2.3 s), 1 was throttled"; "all of 5 probes were answered, the slowest in 0.2 s". */
const inWords = (probes: readonly Probe[], window: ProbeWindow): string => {
  const slow = probes.filter((probe) => isSlow(probe, window));
  const slowest = Math.max(0, ...probes.filter(({ result }) => result === 'answered').map(({ latencyMs }) => latencyMs));
  const count = (result: Probe['result']) => probes.filter((probe) => probe.result === result).length;
  const parts = [
    part(count('failed'), 'failed or got no answer'),
    part(slow.length, `answered slowly, the slowest in ${(slowest / 1000).toFixed(1)} s`),
    part(count('denied'), 'denied'),
    part(count('throttled'), 'throttled'),
    part(count('own-error'), 'failed on our side'),
  ].flatMap((words) => words ?? []);
  const head = `of ${probes.length} probes`;
  return parts.length > 0 ? `${head} ${parts.join(', ')}` : `${head} all were answered, the slowest in ${(slowest / 1000).toFixed(1)} s`;
};

const part = (count: number, words: string): string | undefined => (count === 0 ? undefined : `${count} ${words}`);
