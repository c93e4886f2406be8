import type { AcknowledgedRun, Chain, ChainFlaw } from '../../core/evidence/chain.ts';
import { instant } from '../../core/words/time.ts';
import { firstFew } from '../first-few.ts';

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
      return `${at} and ${firstFew(flaw.others)} all name run ${flaw.previous.runId} before them, where one run comes after another. Either the coordination table was restored from a backup, which ended with that run, or all but one were inserted or changed. If you know that it was restored, ${acknowledge(flaw.others)}.`;
    case 'two-firsts':
      return `${at} and ${firstFew(flaw.others)} all say that they are the first of their fleet. Either the coordination table was made anew or restored from a backup from before the first of them, which begins a new chain, or all but one were inserted or changed. If you know that it was, ${acknowledge(flaw.others)}.`;
    case 'circle':
      return `${at} belongs to runs that name one another in a circle. A run can only name one that was there before it: they were made up.`;
  }
};

/** The runs that began later are those that came after that. */
const acknowledge = (later: readonly string[]): string => `say so each time with --acknowledge and its name: ${firstFew(later)}`;

/** A run that is no flaw only because whoever verifies has said that its cause is known. */
export const acknowledgedSentence = ({ runId, others, previous }: AcknowledgedRun): string =>
  `evidence/${runId} ${previous === undefined ? 'says that it is the first of its fleet' : `names run ${previous.runId} before it`}, as ${firstFew(others)} does: acknowledged with --acknowledge, and not proven by the chain.`;

/** What chain was found, in a sentence: whose, how long, and where it ends. */
export const chainFound = ({ fleet, controlRegion, runs, newest, expired, acknowledged, flaws }: Chain): string => {
  const before = expired === undefined ? '' : `; before them run ${expired.runId}, which has expired`;
  const ends = newest.map(({ runId, seal }) => `The newest is ${runId}, its seal ${seal}.`);
  return [
    `Fleet ${fleet}, concluded in ${controlRegion}: ${runsInWords(runs.length, flaws.length, acknowledged.length)}${before}.`,
    ...ends,
  ].join(' ');
};

const runsInWords = (runs: number, flaws: number, acknowledged: number): string => {
  if (flaws > 0) return `${runs === 1 ? 'one run' : `${runs} runs`}, which make no whole chain`;
  if (runs === 1) return 'one run';
  return `${runs} runs, each naming the one before it${acknowledged === 0 ? '' : ', but for what is acknowledged'}`;
};
