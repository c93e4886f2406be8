import type { Chain, ChainFlaw } from '../../core/evidence/chain.ts';
import { instant } from '../../core/words/time.ts';

/** What is wrong with a chain, in a sentence: where, what, and what it means. */
export const chainSentence = (flaw: ChainFlaw): string => {
  const at = `evidence/${flaw.runId}`;
  switch (flaw.kind) {
    case 'missing':
      return `${at} names run ${flaw.previous.runId} before it, which ended at ${instant(flaw.previous.endedAt)} and is not here. That run was removed or not downloaded, or ${at} was inserted; if the bucket keeps evidence for a shorter time, say for how long with --retention-days.`;
    case 'replaced':
      return `${at} names run ${flaw.previous.runId} under the seal ${flaw.previous.seal}, and that run has ${flaw.seal}. One of the two was replaced.`;
    case 'seal-removed':
      return `${at} names run ${flaw.previous.runId} under the seal ${flaw.previous.seal}, and that run has no seal. Somebody took it out.`;
    case 'fork':
      return `${at} and ${flaw.others.join(', ')} all name run ${flaw.previous.runId} before them. One run comes after another, so all but one were inserted or changed.`;
    case 'two-firsts':
      return `${at} and ${flaw.others.join(', ')} all say that they are the first of their fleet. All but one were inserted or changed, unless the coordination table was made anew and began a new chain.`;
    case 'circle':
      return `${at} belongs to runs that name one another in a circle. A run can only name one that was there before it: they were made up.`;
    case 'unsealed-late':
      return `${at} has no seal, though it began after run ${flaw.after} of its fleet, which has one. Its seal was taken out, unless an older version of mrk-failover was deployed again in between.`;
  }
};

/** What a chain without a flaw is, in a sentence. */
export const chainWhole = ({ fleet, controlRegion, runs, newest, expired }: Chain): string => {
  const count = runs.length === 1 ? 'one run' : `${runs.length} runs, each naming the one before it`;
  const before = expired === undefined ? '' : `; before them run ${expired.runId}, which has expired`;
  return `Fleet ${fleet}, concluded in ${controlRegion}: ${count}${before}. ${newest.map(({ runId, seal }) => `The newest is ${runId}, its seal ${seal}`).join('; ')}.`;
};
