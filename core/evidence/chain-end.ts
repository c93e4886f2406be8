import type { Region } from '../region.ts';
import type { Evidence } from './evidence.ts';
import type { EvidenceLink } from './link.ts';
import { sealOf, summaryText } from './seal.ts';
import { summaryIn } from './summary-schema.ts';

/**
 * The end of a fleet's chain of evidence in one control Region: the last run that was chained on. It is written, in one conditional write,
 * before that run's summary is; from then on the summary cannot say anything else, whoever writes it and however often.
 */
export interface ChainEnd {
  readonly last: EvidenceLink;
  /** What `last` was chained on to; absent for the first run. */
  readonly previous?: EvidenceLink | undefined;
  /**
   * The text of the last run's `summary.json`, until that is known to be written: whoever comes next writes it, should its own run have
   * died. Absent also where it is too large.
   */
  readonly unwritten?: string | undefined;
}

/**
 * Above this a summary is not kept in the table: an item has room for 400 KB, in which there may be one for each of two control Regions, and
 * none may keep a fleet from being given back. Then only its own run can finish it.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const UNWRITTEN_BYTES_MAX = 180_000;

/** One for each control Region: their evidence lies in buckets of their own, and each bucket is verified by itself. */
export type ChainEnds = Readonly<Partial<Record<Region, ChainEnd>>>;

/** What a run's evidence names as the one before it; for a run that is the last already, still what it was chained on to. */
export const linkBefore = (end: ChainEnd | undefined, runId: string): EvidenceLink | undefined =>
  end?.last.runId === runId ? end.previous : end?.last;

/** Chains a run's evidence on; undefined when another's was meanwhile, and it must name that one. @param seen the end that the evidence was made for */
export const chainedOn = (ends: ChainEnds | undefined, seen: ChainEnd | undefined, evidence: Evidence): ChainEnds | undefined => {
  const { controlRegion, runId, seal, endedAt, previous } = evidence;
  if (endIn(ends, controlRegion)?.last.seal !== seen?.last.seal) return undefined;
  const text = summaryText(evidence);
  // As the table keeps it: a text within JSON.
  const unwritten = Buffer.byteLength(JSON.stringify(text)) <= UNWRITTEN_BYTES_MAX ? text : undefined;
  return { ...ends, [controlRegion]: { last: { runId, seal, endedAt }, previous, unwritten } };
};

/** The end of one control Region's chain; undefined where there is none, or nothing that anybody can chain on to. */
export const endIn = (ends: ChainEnds | undefined, controlRegion: Region): ChainEnd | undefined => {
  const end: Partial<ChainEnd> | null | undefined = ends?.[controlRegion];
  const isWhole = typeof end?.last?.runId === 'string' && typeof end.last.seal === 'string' && typeof end.last.endedAt === 'number';
  return isWhole ? (end as ChainEnd) : undefined;
};

/** The summary that nobody is known to have written yet, and whose it is; undefined also for a text that is not what was sealed. */
export const unwrittenIn = (end: ChainEnd | undefined): { readonly runId: string; readonly text: string } | undefined => {
  if (typeof end?.unwritten !== 'string') return undefined;
  const { runId, seal } = end.last;
  const summary = summaryIn(end.unwritten);
  return summary?.runId === runId && summary.seal === seal && sealOf(summary) === seal ? { runId, text: end.unwritten } : undefined;
};

/** The same, once the run's summary is written; as they are when there is nothing to note. */
export const withWritten = (ends: ChainEnds | undefined, { controlRegion, seal }: Evidence): ChainEnds | undefined => {
  const end = endIn(ends, controlRegion);
  return end?.last.seal === seal && end.unwritten !== undefined ? { ...ends, [controlRegion]: { ...end, unwritten: undefined } } : ends;
};
