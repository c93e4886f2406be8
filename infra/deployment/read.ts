import type { FieldPath } from '../../core/fleet/field-path.ts';
import { fieldText } from '../../core/fleet/field-path.ts';
import { issueProblems } from '../../core/fleet/issue.ts';
import { type FleetFileProblem, problemSentence } from '../../core/fleet/problem.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { wordsOf } from '../../core/fleet/schema-at.ts';
import { readYaml } from '../../core/fleet/yaml-text.ts';
import { copiesObjections } from './copies.ts';
import { encryptionObjections } from './encryption.ts';
import { fateObjections } from './fate.ts';
import type { Objection } from './objection.ts';
import { partitionObjections } from './partition.ts';
import { reachObjections } from './reach.ts';
import { repeatedObjections } from './repeated.ts';
import { type Deployment, deploymentFileSchema } from './schema.ts';
import { tableObjections } from './table-regions.ts';

export type DeploymentReading =
  | { readonly kind: 'deployment'; readonly deployment: Deployment }
  | { readonly kind: 'wrong'; readonly sentences: readonly string[] };

const words = wordsOf(deploymentFileSchema);

/** What can only be judged with the fleets beside it, one file each. */
const JUDGES = [
  partitionObjections,
  tableObjections,
  fateObjections,
  reachObjections,
  encryptionObjections,
  repeatedObjections,
  copiesObjections,
] as const;

/**
 * Reads deployment.yaml beside the fleets that it is for. Never throws.
 * @param text the YAML
 * @param file the name the sentences shall carry
 */
export const readDeployment = (text: string, file: string, fleets: ReadonlyMap<string, Fleet>): DeploymentReading => {
  const yaml = readYaml(text, file);
  if (yaml.kind === 'wrong') return { kind: 'wrong', sentences: yaml.problems.map(problemSentence) };
  const parsed = deploymentFileSchema.safeParse(yaml.value);
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap((issue) => issueProblems(issue, yaml, file, words));
    // A value that breaks two rules of the schema is one thing to put right.
    return { kind: 'wrong', sentences: [...new Set(problems.map(problemSentence))] };
  }
  const { deployment } = parsed.data;
  const problemOf = ({ path, expected, got }: Objection): FleetFileProblem => {
    const whole: FieldPath = ['deployment', ...path];
    return { kind: 'wrong-value', file, ...yaml.positionOf(whole, 'value'), field: fieldText(whole), expected, got };
  };
  const objections = JUDGES.flatMap((judge) => judge(deployment, fleets));
  if (objections.length > 0) return { kind: 'wrong', sentences: objections.map(problemOf).map(problemSentence) };
  return { kind: 'deployment', deployment };
};
