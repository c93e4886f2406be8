import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { type EvidenceLine, evidenceLineSchema } from '../../../core/evidence/line-schema.ts';
import { isUnsealed, summarySchema, type UnsealedEvidence, unsealedSummarySchema } from '../../../core/evidence/summary-schema.ts';
import type { StoryFigures } from '../../../simulator/story/figures.ts';
import { EVIDENCE, STORY_FILE } from '../../evidence-folder.ts';
import type { NamedDecision } from '../../why/named-decision.ts';
import { DECISIONS_FILE } from '../../why/sources.ts';
import { WrongUseError } from '../../wrong-use.ts';
import { namedDecisionSchema } from './decision.ts';
import { bytesOf, foldersIn, textOf } from './files.ts';
import { jsonAs, jsonLinesAs } from './json.ts';
import { storySchema } from './story.ts';

/** A run that came to its report. */
export interface RunLeft {
  readonly summary: Evidence | UnsealedEvidence;
  /** Read anew each time they are gone through, one at a time: a folder may hold more than fits in memory. */
  readonly lines: Iterable<EvidenceLine>;
}

/** Everything that a page is made of. */
export interface Left {
  /** Absent for what real runs have left: then nothing was simulated. */
  readonly story?: StoryFigures;
  /** In the order in which they began. */
  readonly runs: readonly RunLeft[];
  /** Folders of runs without a summary: in progress, or died before their report. */
  readonly withoutSummary: readonly string[];
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
  const { runs, withoutSummary } = runsIn(folder);
  if (storyText === undefined && runs.length === 0)
    throw new WrongUseError([`Expected at least one run's ${EVIDENCE}/<run>/summary.json in ${folder}; there is none.`]);
  const decisionsPath = join(folder, DECISIONS_FILE);
  return {
    ...(storyText === undefined ? {} : { story: jsonAs(storySchema, storyText, join(folder, STORY_FILE)) }),
    runs,
    withoutSummary,
    decisions: [...jsonLinesAs(namedDecisionSchema, bytesOf(decisionsPath) ?? new Uint8Array(), decisionsPath)].toSorted(
      (one, other) => one.decision.at - other.decision.at,
    ),
  };
};

/** A run is called what the one who started it has typed, so that each folder is taken for one. */
const runsIn = (folder: string): Pick<Left, 'runs' | 'withoutSummary'> => {
  const names = foldersIn(join(folder, EVIDENCE)).toSorted();
  const found = names.map((name) => ({ name, run: runIn(join(folder, EVIDENCE, name)) }));
  return {
    runs: found
      .flatMap(({ run }) => run ?? [])
      .toSorted((one, other) => one.summary.startedAt - other.summary.startedAt || one.summary.generation - other.summary.generation),
    withoutSummary: found.flatMap(({ name, run }) => (run === undefined ? [name] : [])),
  };
};

const runIn = (folder: string): RunLeft | undefined => {
  const path = join(folder, 'summary.json');
  const text = textOf(path);
  if (text === undefined) return undefined;
  const schemaOf = (raw: unknown) => (isUnsealed(raw) ? unsealedSummarySchema : summarySchema);
  return { summary: jsonAs(schemaOf, text, path), lines: { [Symbol.iterator]: () => linesOf(join(folder, 'keys.jsonl')) } };
};

function* linesOf(path: string): Generator<EvidenceLine> {
  const bytes = bytesOf(path);
  if (bytes === undefined)
    throw new WrongUseError([`${path} is missing; expected both files of the run. Download its folder whole, or leave it out.`]);
  yield* jsonLinesAs(evidenceLineSchema, bytes, path);
}
