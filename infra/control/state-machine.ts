import { readFileSync } from 'node:fs';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { FunctionName } from '../../core/limits.ts';
import { acknowledgeWildcards } from '../nag.ts';
import { functionArn, PREFIX, stateMachineArn } from '../names.ts';
import type { Functions } from './functions.ts';
import type { ControlPlace } from './key.ts';

const DEFINITION = readFileSync(new URL('../../statemachine/failover.asl.json', import.meta.url), 'utf8');

/** The functions that the definition calls, by the names it has for them: `${PlanFunctionArn}` is plan. */
const calledFunctions = (): ReadonlyMap<string, FunctionName> =>
  new Map(
    [...DEFINITION.matchAll(/\$\{((\w+)FunctionArn)\}/g)].map(([, substitution = '', name = '']) => [
      substitution,
      name.toLowerCase() as FunctionName,
    ]),
  );

/** The state machine of statemachine/failover.asl.json, as it stands there, with the functions' published versions put in. */
export const createStateMachine = (
  scope: Construct,
  place: ControlPlace,
  key: IKey,
  functions: Functions,
  logRetentionDays: RetentionDays,
): CfnStateMachine => {
  const log = new LogGroup(scope, 'StateMachineLog', {
    // Step Functions asks for this beginning when there are many log groups: https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
    logGroupName: `/aws/vendedlogs/states/${PREFIX}`,
    encryptionKey: key,
    retention: logRetentionDays,
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
  const called = calledFunctions();
  const statements = roleStatements(place, [...called.values()]);
  const role = new Role(scope, 'StateMachineRole', {
    roleName: `${PREFIX}-states-${place.region}`,
    description: 'What the state machine of mrk-failover may do.',
    assumedBy: new ServicePrincipal('states.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': place.account } } }),
    inlinePolicies: { rights: new PolicyDocument({ statements: [...statements] }) },
  });
  acknowledgeWildcards(
    role,
    statements,
    'Deliveries of logs, traces, the executions of a run and the versions of functions have no names that are known before.',
  );
  return new CfnStateMachine(scope, 'StateMachine', {
    stateMachineName: PREFIX,
    stateMachineType: 'STANDARD',
    roleArn: role.roleArn,
    definitionString: DEFINITION,
    definitionSubstitutions: Object.fromEntries(
      [...called].map(([substitution, name]) => [substitution, functions[name].version.functionArn]),
    ),
    loggingConfiguration: {
      level: 'ALL',
      includeExecutionData: true,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
    },
    tracingConfiguration: { enabled: true },
  });
};

const allow = (sid: string, actions: readonly string[], resources: readonly string[]): PolicyStatement =>
  new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [...actions], resources: [...resources] });

/** Calls the functions, starts the children of its distributed Maps, and writes logs and traces as Step Functions' guide says. */
const roleStatements = (place: ControlPlace, called: readonly FunctionName[]): readonly PolicyStatement[] => {
  const machine = stateMachineArn(place.account, place.region);
  const executions = machine.replace(':stateMachine:', ':execution:');
  return [
    // Any version: an execution that began before a deployment goes on with the versions of then.
    allow(
      'CallsTheFunctions',
      ['lambda:InvokeFunction'],
      called.map((name) => `${functionArn(name, place.account, place.region)}:*`),
    ),
    // https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
    allow('StartsChildren', ['states:StartExecution'], [machine]),
    allow('LooksAfterChildren', ['states:DescribeExecution', 'states:StopExecution'], [`${executions}:*`, `${executions}/*`]),
    // https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
    allow(
      'SetsUpItsLog',
      [
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
      ],
      ['*'],
    ),
    // https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
    allow('SendsTraces', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'], ['*']),
  ];
};
