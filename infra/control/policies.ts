import { Effect, ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { OPERATOR_RIGHTS, type OperatorRight } from '../../core/operator/requests.ts';
import { FLEET_FILE } from '../../functions/frame/fleets.ts';
import { acknowledgeWildcards } from '../nag.ts';
import { PREFIX, stateMachineArn } from '../names.ts';
import type { Buckets } from './buckets.ts';
import type { ControlPlace } from './key.ts';
import type { Doors } from './operator.ts';

/** What a person may be allowed; each is a managed policy of its own, so that no right comes with another. */
export const PERSONS_RIGHTS = ['start', ...OPERATOR_RIGHTS, 'deploy'] as const;
export type PersonsRight = (typeof PERSONS_RIGHTS)[number];

export interface PolicyParts {
  readonly place: ControlPlace;
  readonly operator: Doors;
  readonly key: IKey;
  readonly buckets: Buckets;
}

const DESCRIPTIONS: Readonly<Record<PersonsRight, string>> = {
  start: 'Starts a run by hand, and looks at it.',
  approve: 'Approves a run that waits for approval.',
  stop: 'Stops a run.',
  acknowledge: 'Acknowledges a move, which lifts its cooldown.',
  switch: 'Throws and takes back the switch that keeps runs from starting.',
  deploy: 'Deploys mrk-failover, and puts the fleet file in place.',
};

/** Managed policies for people, to be attached to roles or permission sets of yours. */
export const createPolicies = (scope: Construct, parts: PolicyParts): void => {
  for (const right of PERSONS_RIGHTS) {
    const statements = statementsFor(right, parts);
    const policy = new ManagedPolicy(scope, `Policy-${right}`, {
      managedPolicyName: `${PREFIX}-${right}-${parts.place.region}`,
      description: DESCRIPTIONS[right],
      statements: [...statements],
    });
    acknowledgeWildcards(
      policy,
      statements,
      'The executions of the state machine, and the roles that cdk bootstrap made, have names that are not known before.',
    );
  }
};

const allow = (sid: string, actions: readonly string[], resources: readonly string[], conditions = {}): PolicyStatement =>
  new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [...actions], resources: [...resources], conditions });

const statementsFor = (right: PersonsRight, parts: PolicyParts): readonly PolicyStatement[] => {
  if (right === 'start') return startStatements(parts.place);
  return right === 'deploy' ? deployStatements(parts) : doorStatements(right, parts);
};

const startStatements = ({ account, region }: ControlPlace): readonly PolicyStatement[] => {
  const machine = stateMachineArn(account, region);
  const executions = `${machine.replace(':stateMachine:', ':execution:')}:*`;
  return [
    allow('StartsRuns', ['states:StartExecution'], [machine]),
    allow('LooksAtRuns', ['states:DescribeExecution', 'states:GetExecutionHistory'], [executions]),
  ];
};

/** A URL is asked through IAM twice: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html */
const doorStatements = (right: OperatorRight, { operator }: PolicyParts): readonly PolicyStatement[] => {
  const arn = operator[right].alias.functionArn;
  return [
    allow('OpensThisDoor', ['lambda:InvokeFunctionUrl'], [arn], { StringEquals: { 'lambda:FunctionUrlAuthType': 'AWS_IAM' } }),
    allow('ByItsUrlOnly', ['lambda:InvokeFunction'], [arn], { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }),
  ];
};

const deployStatements = ({ place, key, buckets }: PolicyParts): readonly PolicyStatement[] => [
  // The roles of cdk bootstrap do the rest: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html
  allow('DeploysThroughCdk', ['sts:AssumeRole'], [`arn:aws:iam::${place.account}:role/cdk-*-${place.account}-${place.region}`]),
  allow('PutsTheFleetFileInPlace', ['s3:GetObject', 's3:PutObject'], [`${buckets.working.bucketArn}/${FLEET_FILE}`]),
  allow('EncryptsTheFleetFile', ['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn], {
    StringEquals: { 'kms:ViaService': `s3.${place.region}.amazonaws.com` },
  }),
];
