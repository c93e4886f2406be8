import { parseFleetFile } from '../../core/fleet/parse.ts';
import { problemSentence } from '../../core/fleet/problem.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { Runtime } from './runtime.ts';
import { Situation } from './situation.ts';

/** Where the working bucket keeps the fleet file. */
export const FLEET_FILE = 'config/fleets.yaml';

/** The fleet file is missing or wrong; the message says where and how. */
export class WrongFleetFileError extends Situation {
  override readonly name = 'WrongFleetFile';
}

/** @throws WrongFleetFileError with a sentence for everything that is wrong in it. */
export const loadFleets = async (runtime: Pick<Runtime, 'store'>): Promise<ReadonlyMap<string, Fleet>> => {
  const file = await runtime.store.get(FLEET_FILE);
  if (file === undefined) throw new WrongFleetFileError(`There is no fleet file: expected it at ${FLEET_FILE} in the working bucket.`);
  const parsed = parseFleetFile(file.body, 'fleets.yaml');
  if (parsed.kind === 'wrong') throw new WrongFleetFileError(parsed.problems.map(problemSentence).join('\n'));
  return parsed.fleets;
};
