import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '../../core/decision/decision.ts';
import { WrongUseError } from '../wrong-use.ts';

/** A decision with the name that it is stored under. */
interface NamedDecision {
  readonly id: string;
  readonly decision: Decision;
}

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
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as NamedDecision);
};

const newestStory = (): string => {
  const stories = existsSync(RUNS_FOLDER) ? readdirSync(RUNS_FOLDER).map((name) => join(RUNS_FOLDER, name, DECISIONS_FILE)) : [];
  const [newest] = stories.filter(existsSync).toSorted((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  if (newest !== undefined) return join(newest, '..');
  throw new WrongUseError([
    'No story was played here yet, so there is nothing to explain. Play one with npm start, or name the table of an installation with --table.',
  ]);
};

/** The decisions in the coordination table of an installation, read with the AWS credentials of the environment. */
export const decisionsOfTable = async (tableName: string, region: string | undefined): Promise<readonly NamedDecision[]> => {
  const [{ DynamoDBClient }, { createDynamoTable }] = await Promise.all([
    import('@aws-sdk/client-dynamodb'),
    import('../../aws/table/dynamo-table.ts'),
  ]);
  const table = createDynamoTable({ client: new DynamoDBClient(region === undefined ? {} : { region }), tableName });
  return (await table.list<Decision>('decision')).map(({ id, value }) => ({ id, decision: value }));
};
