import type { ChainedRun } from '../../core/evidence/chain.ts';
import type { UnsealedEvidence } from '../../core/evidence/summary-schema.ts';
import { instant } from '../../core/words/time.ts';

/**
 * A run without a seal, in a sentence.
 * @param before a sealed run of its fleet that was over when this one began
 * @param knownBefore runs without a seal that ended before this time, in epoch milliseconds, are known of
 */
export const unsealedSentence = (
  { runId, endedAt }: Pick<UnsealedEvidence, 'runId' | 'endedAt'>,
  before: Pick<ChainedRun, 'runId' | 'controlRegion'> | undefined,
  knownBefore: number | undefined,
): string => {
  const late =
    before === undefined
      ? ''
      : ` It began after run ${before.runId} of its fleet, which has a seal and was concluded in ${before.controlRegion}: an older version was in use once more, or still in the other control Region, or the seal was taken out.`;
  const open = `Its counts were compared with its lines, and nothing more can be said of its bytes, nor whether it was inserted.`;
  return `evidence/${runId} has no seal, and says that it ended at ${instant(endedAt)}. ${open}${late}${whatToDo(endedAt, knownBefore)}`;
};

/** Whether it is known that runs of then have no seal. */
export const isKnownWithoutSeal = ({ endedAt }: Pick<UnsealedEvidence, 'endedAt'>, knownBefore: number | undefined): boolean =>
  knownBefore !== undefined && endedAt < knownBefore;

const whatToDo = (endedAt: number, knownBefore: number | undefined): string => {
  if (isKnownWithoutSeal({ endedAt }, knownBefore)) return '';
  return knownBefore === undefined
    ? ' Versions of mrk-failover from before there were seals leave such runs: if one was in use then, say until when with --unsealed-before; else its seal was taken out.'
    : ` That is not before ${instant(knownBefore)}, as --unsealed-before has it: its seal was taken out, or that time is wrong.`;
};
