import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Fleet } from '../../../core/fleet/schema.ts';
import { buildApp } from '../../../infra/build-app.ts';
import { readDeployment } from '../../../infra/deployment/read.ts';
import type { Deployment } from '../../../infra/deployment/schema.ts';
import { FLEETS_TEXT, fleetsOf } from './fleets-of.ts';

/** One resource of a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DependsOn?: unknown;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** A synthesized stack, and where it would be. */
export interface StackTemplate {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly template: Template;
}

// What the CDK deprecates is refused here, and not only told at each synth.
process.env.JSII_DEPRECATED = 'fail';

export const DEPLOYMENT_TEXT = readFileSync(new URL('../../../deployment.yaml', import.meta.url), 'utf8');

/** The deployment of a text that must be right. */
export const deploymentOf = (text: string, fleets: ReadonlyMap<string, Fleet>): Deployment => {
  const reading = readDeployment(text, 'deployment.yaml', fleets);
  if (reading.kind === 'wrong') assert.fail(reading.sentences.join('\n'));
  return reading.deployment;
};

/** Where the templates that any account takes are put for the tests. */
const SOMEWHERE = { account: '111122223333', region: 'us-east-1' };

/** Synthesizes every stack, with code that does nothing; by default for the two files of the repository. */
export const synthesized = (deploymentText: string = DEPLOYMENT_TEXT, fleetsText: string = FLEETS_TEXT): readonly StackTemplate[] => {
  const fleets = fleetsOf(fleetsText);
  const deployment = deploymentOf(deploymentText, fleets);
  const codeOf = () => Code.fromInline('export const handler = async () => ({});');
  const assembly = buildApp({ deployment, fleets, codeOf, validate: false }).synth();
  return assembly.stacks.map(({ stackName, environment, template }) => ({
    name: stackName,
    account: environment.account === 'unknown-account' ? SOMEWHERE.account : environment.account,
    region: environment.region === 'unknown-region' ? SOMEWHERE.region : environment.region,
    template: template as Template,
  }));
};

/** The stack of a name. */
export const stackNamed = (stacks: readonly StackTemplate[], name: string): StackTemplate =>
  stacks.find((stack) => stack.name === name) ??
  assert.fail(`there is no stack ${name}, only ${stacks.map((stack) => stack.name).join(', ')}`);

/** The resources of one type, by their logical IDs. */
export const resourcesOf = ({ template }: Pick<StackTemplate, 'template'>, type: string): ReadonlyArray<readonly [string, Resource]> =>
  Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
