import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  Architecture,
  type CfnFunction,
  type Code,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { type ILogGroup, LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { FUNCTION_TIMEOUT_SECONDS, type FunctionName } from '../../core/limits.ts';
import { HANDLER } from '../bundle/entry.ts';
import type { Deployment } from '../deployment/schema.ts';
import { acknowledgeWildcards } from '../nag.ts';
import { functionNameOf, functionRoleName } from '../names.ts';
import { statementsOf } from '../permissions/statements.ts';
import { environmentOf } from '../settings.ts';
import type { Buckets } from './buckets.ts';
import type { ControlPlace } from './key.ts';

/** Where a function's code comes from. */
export type CodeOf = (name: FunctionName) => Code;

export interface FunctionParts {
  readonly place: ControlPlace;
  readonly key: IKey;
  readonly buckets: Buckets;
  readonly codeOf: CodeOf;
  readonly deployment: Deployment;
  readonly memberAccounts: readonly string[];
  /** Where the signals end that `trigger` fails at. */
  readonly failures: IQueue;
}

/** Enough for fifty keys and all clients; more would buy CPU, which waiting does not need. */
const MEMORY_MB = 512;

const WILDCARDS =
  'The wildcard stands for documents, streams, executions or traces whose names are not known before; what may be done with them is one action.';

/** A function with its own role and log. Callers call its published version, so that a deployment never mixes old and new code in a run. */
export class ChainFunction extends Construct {
  readonly function: LambdaFunction;
  readonly version: IVersion;
  readonly logGroup: ILogGroup;

  constructor(scope: Construct, name: FunctionName, parts: FunctionParts, reservedConcurrency: number | undefined) {
    super(scope, name);
    const { place, key, buckets, codeOf, deployment, memberAccounts, failures } = parts;
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionNameOf(name)}`,
      encryptionKey: key,
      retention: deployment.logRetentionDays as RetentionDays,
      // A first deployment that fails takes it away again, so that the next one does not find its name taken.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    const statements = statementsOf(name, {
      ...place,
      workingBucketArn: buckets.working.bucketArn,
      evidenceBucketArn: buckets.evidence.bucketArn,
      keyArn: key.keyArn,
      logGroupArn: `arn:aws:logs:${place.region}:${place.account}:log-group:/aws/lambda/${functionNameOf(name)}`,
      memberAccounts,
      failuresQueueArn: failures.queueArn,
    });
    const role = new Role(this, 'Role', {
      roleName: functionRoleName(name, place.region),
      description: `What the function ${name} of mrk-failover may do.`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: { rights: new PolicyDocument({ statements: [...statements] }) },
    });
    acknowledgeWildcards(role, statements, WILDCARDS);
    this.function = new LambdaFunction(this, 'Function', {
      functionName: functionNameOf(name),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: MEMORY_MB,
      timeout: Duration.seconds(FUNCTION_TIMEOUT_SECONDS[name]),
      handler: HANDLER,
      code: codeOf(name),
      role: role.withoutPolicyUpdates(),
      logGroup: this.logGroup,
      tracing: Tracing.ACTIVE,
      environment: environmentOf(name, { ...place, externalId: deployment.externalId, controlRegions: deployment.control.regions }),
      ...(reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: reservedConcurrency }),
      // Versions that a run of before a deployment still calls have to stay.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    // The function's role is named in its properties, which says the order already.
    (this.function.node.defaultChild as CfnFunction).addDeletionOverride('DependsOn');
    // The CDK's own types do not agree with each other about optional properties under the compiler's strictest reading.
    this.version = this.function.currentVersion as IVersion;
  }
}
