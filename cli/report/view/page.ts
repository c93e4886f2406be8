import { REASONS } from '../../../core/outcome/reasons.ts';
import { outcomeRows } from '../../outcome-rows.ts';
import { visible } from '../../visible.ts';
import { meaning, OUTCOME_WORDS, RESULT_WORDS } from '../../words.ts';
import type { Left } from '../read/folder.ts';
import { decisionsTold } from './decisions.ts';
import { keyRows } from './keys.ts';
import { chartOf, milestonesOf, progressOf } from './progress.ts';
import { runsTold } from './runs.ts';
import { subjectOf } from './subject.ts';

export type Page = ReturnType<typeof pageOf>;

/** Everything that a page shows, put together from what a folder holds. @throws WrongUseError when it has no runs of the intent */
export const pageOf = (left: Left, intent?: string) => {
  const { story } = left;
  const subject = subjectOf(left, intent);
  const { ended, fleet, operation, lines, startedAt } = subject;
  const progress = progressOf(lines, startedAt, story);
  const { rows, ...leftOut } = keyRows(lines, startedAt);
  return withVisibleTexts({
    story,
    fleet,
    operation,
    ended: { result: ended.result, source: ended.source, target: ended.target },
    title: RESULT_WORDS[ended.result],
    meaning: meaning(ended),
    notes: subject.notes,
    startedAt,
    otherIntents: subject.otherIntents,
    withoutSummary: left.withoutSummary,
    progress: { calls: progress.called.length, milestones: milestonesOf(progress), hasFloor: progress.floor.length > 0 },
    decisions: decisionsTold(left.decisions, story === undefined ? fleet : undefined),
    runs: runsTold(subject.runs, story),
    outcomes: outcomeRows(ended),
    keys: { total: lines.length, shown: rows.length, ...leftOut },
    crypto: subject.crypto,
    /** For the page's script. */
    data: {
      rows,
      chart: progress.called.length === 0 ? undefined : chartOf(progress),
      outcomeWords: { ...OUTCOME_WORDS, none: 'no outcome on record' },
      reasonWords: Object.fromEntries(Object.entries(REASONS).map(([code, reason]) => [code, reason.meaning])),
    },
  });
};

/** Every text with its controls and turns of direction written out, so that none can make a line look like another. */
const withVisibleTexts = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_, inner: unknown) => (typeof inner === 'string' ? visible(inner) : inner)) as T;
