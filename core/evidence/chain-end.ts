import type { Region } from '../region.ts';
import type { Evidence } from './evidence.ts';
import type { EvidenceLink } from './link.ts';
import { summaryText } from './seal.ts';

/**
 * The end of a fleet's chain of evidence in one control Region: the last run that was chained on. It is written, in one conditional write,
 * before that run's summary is; from then on the summary cannot say anything else, whoever writes it and however often.
 */
export interface ChainEnd {
  readonly last: EvidenceLink;
  /** What `last` was chained on to; absent for the first run. */
  readonly previous?: EvidenceLink | undefined;
  /** The text of the last run's `summary.json`, until that is known to be written: whoever comes next writes it, should its own run have died. */
  readonly unwritten?: string | undefined;
}

/** One for each control Region: their evidence lies in buckets of their own, and each bucket is verified by itself. */
export type ChainEnds = Readonly<Partial<Record<Region, ChainEnd>>>;

/** What a run's evidence names as the one before it; for a run that is the last already, still what it was chained on to. */
export const linkBefore = (end: ChainEnd | undefined, runId: string): EvidenceLink | undefined =>
  end?.last.runId === runId ? end.previous : end?.last;

/** Chains a run's evidence on; undefined when another's was meanwhile, and it must name that one. @param seen the end that the evidence was made for */
export const chainedOn = (ends: ChainEnds | undefined, seen: ChainEnd | undefined, evidence: Evidence): ChainEnds | undefined => {
  const { controlRegion, runId, seal, endedAt, previous } = evidence;
  if (ends?.[controlRegion]?.last.seal !== seen?.last.seal) return undefined;
  return { ...ends, [controlRegion]: { last: { runId, seal, endedAt }, previous, unwritten: summaryText(evidence) } };
};

/** The same, once the run's summary is written; as they are when there is nothing to note. */
export const withWritten = (ends: ChainEnds | undefined, { controlRegion, seal }: Evidence): ChainEnds | undefined => {
  const end = ends?.[controlRegion];
  return end?.last.seal === seal && end.unwritten !== undefined ? { ...ends, [controlRegion]: { ...end, unwritten: undefined } } : ends;
};
