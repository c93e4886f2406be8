import { parseFleetFile } from '../../core/fleet/parse.ts';
import { problemSentence } from '../../core/fleet/problem.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { readDeployment } from './read.ts';
import type { Deployment } from './schema.ts';

const FLEETS = 'fleets.yaml';
const DEPLOYMENT = 'deployment.yaml';

export type ConfigurationReading =
  | {
      readonly kind: 'configuration';
      readonly fleets: ReadonlyMap<string, Fleet>;
      /** The fleet file in JSON, as functions read it. */
      readonly fleetsJson: string;
      readonly deployment: Deployment;
    }
  | { readonly kind: 'wrong'; readonly sentences: readonly string[] };

/**
 * Reads both files of an installation. Never throws for what is wrong in them.
 * @param textOf gives a file's text, and throws when it cannot be read
 */
export const readConfiguration = (textOf: (file: string) => string): ConfigurationReading => {
  const fleetText = textOrProblem(textOf, FLEETS);
  const deploymentText = textOrProblem(textOf, DEPLOYMENT);
  const unread = [fleetText, deploymentText].flatMap((reading) => ('problem' in reading ? [reading.problem] : []));
  if (!('text' in fleetText) || !('text' in deploymentText)) return { kind: 'wrong', sentences: unread };
  const parsed = parseFleetFile(fleetText.text, FLEETS);
  if (parsed.kind === 'wrong') return { kind: 'wrong', sentences: parsed.problems.map(problemSentence) };
  const reading = readDeployment(deploymentText.text, DEPLOYMENT, parsed.fleets);
  if (reading.kind === 'wrong') return reading;
  return { kind: 'configuration', fleets: parsed.fleets, fleetsJson: parsed.json, deployment: reading.deployment };
};

const textOrProblem = (textOf: (file: string) => string, file: string): { readonly text: string } | { readonly problem: string } => {
  try {
    return { text: textOf(file) };
  } catch (error) {
    return { problem: `${file} cannot be read (${error instanceof Error ? error.message : String(error)}); expected it in this folder.` };
  }
};
