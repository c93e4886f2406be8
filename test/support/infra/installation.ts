import assert from 'node:assert/strict';
import type { FunctionName } from '../../../core/limits.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../../core/limits.ts';
import { type Grant, rolesOf } from './policies.ts';
import { resolved } from './resolve.ts';
import { DEPLOYMENT_TEXT, resourcesOf, type StackTemplate, stackNamed, synthesized } from './stacks.ts';
import type { Stage } from './stage.ts';
import { TOUR_FLEETS } from './tour-fleets.ts';

/** The stacks of the tours' fleet, and what is in the first control Region. */
export interface Installation extends Stage {
  readonly stacks: readonly StackTemplate[];
  readonly control: StackTemplate;
  readonly member: StackTemplate;
  readonly roles: ReadonlyMap<string, Grant>;
  readonly memberRoles: ReadonlyMap<string, Grant>;
}

export const FUNCTION_NAMES = Object.keys(FUNCTION_TIMEOUT_SECONDS) as readonly FunctionName[];

/** The deployment of the repository, with copies of the evidence. */
const WITH_COPIES = DEPLOYMENT_TEXT.replace(/# (evidence: .*)copies: false/, '$1copies: true');

const synthesizedInstallation = (): Installation => {
  const stacks = synthesized(WITH_COPIES, TOUR_FLEETS);
  const control = stackNamed(stacks, 'mrk-failover-control-eu-central-1');
  const member = stackNamed(stacks, 'mrk-failover-member');
  const functions = new Map(
    resourcesOf(control, 'AWS::Lambda::Function').map(([, { Properties }]) => [String(Properties.FunctionName), Properties]),
  );
  const [[keyId = ''] = []] = resourcesOf(control, 'AWS::KMS::Key');
  return {
    stacks,
    control,
    member,
    account: control.account,
    region: control.region,
    stateKeyArn: String(resolved(control, { 'Fn::GetAtt': [keyId, 'Arn'] })),
    roles: rolesOf(control),
    memberRoles: rolesOf(member),
    environmentOf: (name) => {
      const { Environment } = functions.get(`mrk-failover-${name}`) ?? assert.fail(`there is no function ${name}`);
      return (resolved(control, Environment) as { readonly Variables: Readonly<Record<string, string>> }).Variables;
    },
  };
};

let made: Installation | undefined;

/** The installation, synthesized once for all tests of a process: nobody changes it. */
export const installation = (): Installation => {
  made ??= synthesizedInstallation();
  return made;
};
