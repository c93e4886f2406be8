import type { StoryFigures } from '../../../simulator/story/figures.ts';
import { outcomeRows } from '../../outcome-rows.ts';
import { RESULT_WORDS } from '../../words.ts';
import type { RunLeft } from '../read/folder.ts';

/** One run for the table; one that never came to a report has few fields. */
export interface RunTold {
  readonly runId: string;
  readonly result: string;
  readonly status?: string;
  readonly summary?: RunLeft['summary'];
  readonly outcomes: ReturnType<typeof outcomeRows>;
  /** What stood against a run that was refused, with what lifts it. */
  readonly objections: readonly string[];
}

/** The runs in the order in which they began, those that left no evidence included where a story knows of them. */
export const runsTold = (runs: readonly RunLeft[], story: StoryFigures | undefined): readonly RunTold[] => {
  if (story === undefined) return runs.map(({ summary }) => withEvidence(summary));
  const summaries = new Map(runs.map(({ summary }) => [summary.runId, summary]));
  return story.runs.map(({ runId, status, result, objections }) => {
    const summary = summaries.get(runId);
    if (summary !== undefined) return { ...withEvidence(summary), status };
    const words = result === 'refused' ? 'refused by a guard' : 'left no evidence';
    return { runId, status, result: words, outcomes: [], objections };
  });
};

const withEvidence = (summary: RunLeft['summary']): RunTold => {
  const { 'already-primary': alreadyPrimary, ...others } = summary.outcomes;
  return {
    runId: summary.runId,
    result: RESULT_WORDS[summary.result],
    summary,
    outcomes: outcomeRows({ outcomes: { ...others, alreadyPrimary }, reasons: summary.reasons }),
    objections: [],
  };
};
