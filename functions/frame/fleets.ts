import { checkFleets } from '../../core/fleet/check.ts';
import { problemSentence } from '../../core/fleet/problem.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { gotText } from '../../core/words/got.ts';
import type { Runtime } from './runtime.ts';
import { Situation } from './situation.ts';

/** Where the working bucket keeps the fleet file, in JSON. */
export const FLEET_FILE = 'config/fleets.json';

const REMEDY = 'npm run synth writes cdk.out/fleets.json out of fleets.yaml; upload it there.';

/** The fleet file is missing or wrong; the message says where and how. */
export class WrongFleetFileError extends Situation {
  override readonly name = 'WrongFleetFile';
}

/** @throws WrongFleetFileError with a sentence for everything that is wrong in it. */
export const loadFleets = async (runtime: Pick<Runtime, 'store'>): Promise<ReadonlyMap<string, Fleet>> => {
  const file = await runtime.store.get(FLEET_FILE);
  if (file === undefined)
    throw new WrongFleetFileError(`Expected the fleet file at ${FLEET_FILE} in the working bucket; got nothing. ${REMEDY}`);
  const checked = checkFleets({ value: jsonOf(file.body), positionOf: () => undefined }, FLEET_FILE);
  if (checked.kind === 'wrong') throw new WrongFleetFileError(checked.problems.map(problemSentence).join('\n'));
  return checked.fleets;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new WrongFleetFileError(
      `Expected JSON at ${FLEET_FILE} in the working bucket; got a text that begins with ${gotText(text)}. ${REMEDY}`,
    );
  }
};
