import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { WrongUseError } from '../wrong-use.ts';
import type { NamedDecision } from './named-decision.ts';

export const DECISIONS_FILE = 'decisions.jsonl';
const RUNS_FOLDER = 'runs';

/** The decisions that a played story left in its folder; without a folder, those of the story played last. @throws WrongUseError */
export const decisionsOfFolder = (given: string | undefined): readonly NamedDecision[] => {
  const folder = given ?? newestStory();
  const path = join(folder, DECISIONS_FILE);
  if (!existsSync(path))
    throw new WrongUseError([
      `--from: expected a folder that a story left, with a ${DECISIONS_FILE}; ${folder} has none. Play one with npm start.`,
    ]);
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line === '' ? [] : [decisionOn(line, `${path}:${index + 1}`)]));
};

/** A line that a story has written. @throws WrongUseError for one that somebody else has, or that was cut off */
const decisionOn = (line: string, where: string): NamedDecision => {
  const written = jsonOf(line);
  if (typeof written === 'object' && written !== null && 'decision' in written) return written as NamedDecision;
  throw new WrongUseError([`--from: expected a decision in JSON on each line, as a story leaves it; got something else at ${where}.`]);
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const newestStory = (): string => {
  const stories = existsSync(RUNS_FOLDER) ? readdirSync(RUNS_FOLDER).map((name) => join(RUNS_FOLDER, name, DECISIONS_FILE)) : [];
  const [newest] = stories.filter(existsSync).toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  if (newest !== undefined) return join(newest, '..');
  throw new WrongUseError([
    'No story was played here yet, so there is nothing to explain. Play one with npm start, or name the table of an installation with --table.',
  ]);
};

/**
 * The decisions in the coordination table of an installation, read with the AWS credentials of the environment.
 * @throws WrongUseError, RefusedByAwsError, NoAnswerError
 */
export const decisionsOfTable = async (tableName: string, region: string | undefined): Promise<readonly NamedDecision[]> => {
  // Loaded only now, with the SDK behind it.
  const { readTable } = await import('./read-table.ts');
  return readTable(tableName, region);
};
