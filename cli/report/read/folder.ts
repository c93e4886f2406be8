import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { type EvidenceLine, evidenceLineSchema } from '../../../core/evidence/line-schema.ts';
import { isUnsealed, summarySchema, type UnsealedEvidence, unsealedSummarySchema } from '../../../core/evidence/summary-schema.ts';
import type { StoryFigures } from '../../../simulator/story/figures.ts';
import { EVIDENCE, RUN, STORY_FILE } from '../../evidence-folder.ts';
import type { NamedDecision } from '../../why/named-decision.ts';
import { DECISIONS_FILE } from '../../why/sources.ts';
import { WrongUseError } from '../../wrong-use.ts';
import { namedDecisionSchema } from './decision.ts';
import { foldersIn, textOf } from './files.ts';
import { jsonAs, jsonLinesAs } from './json.ts';
import { storySchema } from './story.ts';

/** A run that came to its report. */
export interface RunLeft {
  readonly summary: Evidence | UnsealedEvidence;
  readonly lines: readonly EvidenceLine[];
}

/** Everything that a page is made of. */
export interface Left {
  /** Absent for what real runs have left: then nothing was simulated. */
  readonly story?: StoryFigures;
  /** In the order in which they began. */
  readonly runs: readonly RunLeft[];
  /** In the order in which they were made. */
  readonly decisions: readonly NamedDecision[];
}

/** Reads the folder of a story, or a download of an installation's evidence bucket. @throws WrongUseError */
export const leftIn = (folder: string): Left => {
  const storyText = textOf(join(folder, STORY_FILE));
  if (storyText === undefined && !existsSync(join(folder, EVIDENCE)))
    throw new WrongUseError([
      `Expected the folder of a story, with a ${STORY_FILE}, or a download of an evidence bucket, with ${EVIDENCE}/<run>/summary.json; ${folder} ${existsSync(folder) ? 'has neither' : 'does not exist'}.`,
    ]);
  const runs = runsIn(folder);
  if (storyText === undefined && runs.length === 0)
    throw new WrongUseError([`Expected at least one run's ${EVIDENCE}/<run>/summary.json in ${folder}; there is none.`]);
  const decisionsPath = join(folder, DECISIONS_FILE);
  return {
    ...(storyText === undefined ? {} : { story: jsonAs(storySchema, storyText, join(folder, STORY_FILE)) }),
    runs,
    decisions: jsonLinesAs(namedDecisionSchema, textOf(decisionsPath) ?? '', decisionsPath).toSorted(
      (one, other) => one.decision.at - other.decision.at,
    ),
  };
};

const runsIn = (folder: string): readonly RunLeft[] =>
  foldersIn(join(folder, EVIDENCE))
    .filter((name) => RUN.test(name))
    .map((name) => runIn(join(folder, EVIDENCE, name)))
    .toSorted((one, other) => one.summary.startedAt - other.summary.startedAt || one.summary.generation - other.summary.generation);

const runIn = (folder: string): RunLeft => {
  const [summaryPath, keysPath] = [join(folder, 'summary.json'), join(folder, 'keys.jsonl')];
  const [summary, keys] = [textOf(summaryPath), textOf(keysPath)];
  if (summary === undefined || keys === undefined)
    throw new WrongUseError([
      `${summary === undefined ? summaryPath : keysPath} is missing; expected both files of the run. Download its folder whole, or leave it out.`,
    ]);
  const schemaOf = (raw: unknown) => (isUnsealed(raw) ? unsealedSummarySchema : summarySchema);
  return { summary: jsonAs(schemaOf, summary, summaryPath), lines: jsonLinesAs(evidenceLineSchema, keys, keysPath) };
};
