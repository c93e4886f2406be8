import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { urlVariable } from '../../cli/operator/call.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../core/limits.ts';
import { OPERATOR_RIGHTS } from '../../core/operator/requests.ts';
import { WARM_UP } from '../../core/run/warm-up.ts';
import { parseSettings } from '../../functions/frame/settings.ts';
import { tasksOf } from '../support/infra/definition.ts';
import { FUNCTION_NAMES, installation } from '../support/infra/installation.ts';
import { only, properties } from '../support/infra/properties.ts';
import { resolved } from '../support/infra/resolve.ts';
import { DEPLOYMENT_TEXT, type Resource, resourcesOf, type StackTemplate, stackNamed, synthesized } from '../support/infra/stacks.ts';
import { TOUR_FLEETS } from '../support/infra/tour-fleets.ts';

const installed = installation();
const { stacks, control, member } = installed;
const second = stackNamed(stacks, 'mrk-failover-control-eu-west-2');
const sensor = stackNamed(stacks, 'mrk-failover-sensor');

const DEFINITION = readFileSync(new URL('../../statemachine/failover.asl.json', import.meta.url), 'utf8');

interface FunctionProperties {
  readonly FunctionName: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Runtime: string;
  readonly Architectures: readonly string[];
  readonly ReservedConcurrentExecutions?: number;
  readonly TracingConfig: { readonly Mode: string };
  readonly LoggingConfig: { readonly LogGroup: string };
  readonly Environment: { readonly Variables: Record<string, string> };
  readonly Role: string;
}
const functions = () => properties<FunctionProperties>(control, 'AWS::Lambda::Function');

describe('Each control stack', () => {
  it('has every function of the chain, with its own role, its own log, a memory, a timeout and settings that it can start with', () => {
    const found = functions();
    assert.deepEqual(found.map(({ FunctionName }) => FunctionName).sort(), FUNCTION_NAMES.map((name) => `mrk-failover-${name}`).sort());
    for (const name of FUNCTION_NAMES) {
      const each = only(found.filter(({ FunctionName }) => FunctionName === `mrk-failover-${name}`));
      assert.equal(each.Timeout, FUNCTION_TIMEOUT_SECONDS[name]);
      assert.deepEqual([each.Runtime, each.Architectures, each.MemorySize], ['nodejs24.x', ['arm64'], 512]);
      assert.equal(each.TracingConfig.Mode, 'Active');
      assert.equal(each.Role, `arn:aws:iam::${control.account}:role/mrk-failover-${name}-${control.region}`);
      assert.equal(each.LoggingConfig.LogGroup, `/aws/lambda/mrk-failover-${name}`);
      parseSettings({ ...each.Environment.Variables, AWS_REGION: control.region });
    }
    assert.equal(new Set(found.map(({ Role }) => Role)).size, found.length);
  });

  it('keeps room for trigger and for the batches of promote, whatever else runs in the account', () => {
    const reserved = functions().flatMap(({ FunctionName, ReservedConcurrentExecutions: count }) =>
      count === undefined ? [] : [[FunctionName, count] as const],
    );
    // As many batches as the definition lets an account have at once, and four that start anew.
    const [, batchesAtOnce = '0'] = /"Batches": \{[\s\S]*?"MaxConcurrency": (\d+)/.exec(DEFINITION) ?? [];
    assert.ok(Number(batchesAtOnce) > 0);
    assert.deepEqual(
      new Map(reserved),
      new Map([
        ['mrk-failover-promote', Number(batchesAtOnce) + 4],
        ['mrk-failover-trigger', 5],
      ]),
    );
  });

  it('tells its functions where the other control Region is, and whom they may act as', () => {
    for (const { FunctionName, Environment } of functions()) {
      const { CONTROL_REGIONS, MEMBER_ROLE_NAME, MEMBER_EXTERNAL_ID } = Environment.Variables;
      assert.equal(CONTROL_REGIONS, 'eu-central-1,eu-west-2', FunctionName);
      assert.equal(MEMBER_EXTERNAL_ID, MEMBER_ROLE_NAME === undefined ? undefined : 'change-me-3f9c1e', FunctionName);
    }
  });

  it('runs the definition as it stands in statemachine/, with published versions put in', () => {
    const machine = only(
      properties<{ DefinitionString: string; DefinitionSubstitutions: Record<string, string>; StateMachineType: string; RoleArn: string }>(
        control,
        'AWS::StepFunctions::StateMachine',
      ),
    );
    assert.equal(machine.RoleArn, `arn:aws:iam::${control.account}:role/mrk-failover-states-${control.region}`);
    assert.equal(machine.DefinitionString, DEFINITION);
    assert.equal(machine.StateMachineType, 'STANDARD');
    const wanted = new Set([...DEFINITION.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    assert.deepEqual(new Set(Object.keys(machine.DefinitionSubstitutions)), wanted);
    for (const [name, arn] of Object.entries(machine.DefinitionSubstitutions))
      assert.equal(
        arn,
        `arn:aws:lambda:${control.region}:${control.account}:function:mrk-failover-${name.replace('FunctionArn', '').toLowerCase()}:1`,
      );
  });

  it('keeps versions that an execution of before a deployment still calls', () => {
    const versions = resourcesOf(control, 'AWS::Lambda::Version');
    assert.equal(versions.length, FUNCTION_NAMES.length);
    for (const [id, { DeletionPolicy }] of versions) assert.equal(DeletionPolicy, 'Retain', id);
  });

  it('waits longer for a Task than its function may take, and for an execution at all', () => {
    assert.ok(JSON.parse(DEFINITION).TimeoutSeconds > 0);
    const tasks = tasksOf(DEFINITION);
    assert.ok(tasks.length >= 7);
    for (const { functionName, timeoutSeconds } of tasks) {
      const { Timeout } = only(functions().filter(({ FunctionName }) => FunctionName === `mrk-failover-${functionName}`));
      assert.ok(timeoutSeconds > Timeout, `${functionName}: ${timeoutSeconds} s for a function of ${Timeout} s`);
    }
  });

  it('logs whatever an execution does, and traces it', () => {
    const machine = only(
      properties<{ LoggingConfiguration: { Level: string; IncludeExecutionData: boolean }; TracingConfiguration: { Enabled: boolean } }>(
        control,
        'AWS::StepFunctions::StateMachine',
      ),
    );
    assert.deepEqual([machine.LoggingConfiguration.Level, machine.LoggingConfiguration.IncludeExecutionData], ['ALL', true]);
    assert.equal(machine.TracingConfiguration.Enabled, true);
  });

  it('keeps logs for as long as deployment.yaml says, encrypted with its own key', () => {
    const groups = properties<{ RetentionInDays: number; KmsKeyId: string }>(control, 'AWS::Logs::LogGroup');
    assert.equal(groups.length, FUNCTION_NAMES.length + 1);
    for (const group of groups) assert.deepEqual([group.RetentionInDays, group.KmsKeyId], [90, installed.stateKeyArn]);
  });

  it('encrypts with a key that rotates and is no multi-Region key, so that no fleet can hold it', () => {
    const key = only(properties<{ EnableKeyRotation: boolean; MultiRegion?: boolean }>(control, 'AWS::KMS::Key'));
    assert.deepEqual([key.EnableKeyRotation, key.MultiRegion ?? false], [true, false]);
  });
});

describe('What other parts know by name', () => {
  it('is called so: by the settings of the functions, and by the key’s alias, which stands for it in the other control Region', () => {
    const [[machineId] = assert.fail('no state machine')] = resourcesOf(control, 'AWS::StepFunctions::StateMachine');
    const named = (type: string, property: string) => properties<Record<string, string>>(control, type).map((each) => each[property]);
    assert.deepEqual(named('AWS::DynamoDB::GlobalTable', 'TableName'), ['mrk-failover']);
    assert.deepEqual(named('AWS::Events::EventBus', 'Name'), ['mrk-failover']);
    const buckets = named('AWS::S3::Bucket', 'BucketName');
    for (const { FunctionName, Environment } of functions()) {
      const { TABLE_NAME, BUS_NAME, BUCKET_NAME = '', EVIDENCE_BUCKET_NAME = '', STATE_MACHINE_ARN } = Environment.Variables;
      assert.deepEqual([TABLE_NAME, BUS_NAME], ['mrk-failover', 'mrk-failover'], FunctionName);
      assert.deepEqual([BUCKET_NAME, EVIDENCE_BUCKET_NAME], buckets, FunctionName);
      assert.equal(STATE_MACHINE_ARN, resolved(control, { Ref: machineId }), FunctionName);
    }
    assert.deepEqual(properties(control, 'AWS::KMS::Alias'), [
      { AliasName: 'alias/mrk-failover/state', TargetKeyId: installed.stateKeyArn },
    ]);
  });
});

/** Whatever AWS calls without waiting for the answer, with the queue for what fails. */
const asynchronous = (stack: StackTemplate): ReadonlyArray<readonly [string, string | undefined]> => [
  ...resourcesOf(stack, 'AWS::Events::Rule').flatMap(([id, { Properties }]) =>
    (resolved(stack, Properties.Targets) as { readonly Arn: string; readonly DeadLetterConfig?: { readonly Arn: string } }[]).map(
      ({ Arn, DeadLetterConfig }) => [`${id} to ${Arn}`, DeadLetterConfig?.Arn] as const,
    ),
  ),
  ...resourcesOf(stack, 'AWS::Scheduler::Schedule').map(([id, { Properties }]) => {
    const { DeadLetterConfig } = resolved(stack, Properties.Target) as { readonly DeadLetterConfig?: { readonly Arn: string } };
    return [id, DeadLetterConfig?.Arn] as const;
  }),
  ...resourcesOf(stack, 'AWS::Lambda::EventInvokeConfig').map(([id, { Properties }]) => {
    const { OnFailure } = resolved(stack, Properties.DestinationConfig) as { readonly OnFailure?: { readonly Destination: string } };
    return [id, OnFailure?.Destination] as const;
  }),
];

describe('What is called without anybody waiting', () => {
  const alarmedQueues = (stack: StackTemplate): ReadonlySet<string> =>
    new Set(
      properties<{ Namespace?: string; MetricName?: string; Dimensions?: { Name: string; Value: string }[] }>(
        stack,
        'AWS::CloudWatch::Alarm',
      ).flatMap(({ Namespace, MetricName, Dimensions = [] }) =>
        Namespace === 'AWS/SQS' && MetricName === 'ApproximateNumberOfMessagesVisible'
          ? Dimensions.flatMap(({ Name, Value }) => (Name === 'QueueName' ? [Value] : []))
          : [],
      ),
    );

  for (const [name, stack] of [
    ['the control stack', control],
    ['the second control stack', second],
    ['the sensor stack', sensor],
  ] as const)
    it(`in ${name} has a queue for what fails, in its own Region, with an alarm`, () => {
      const alarmed = alarmedQueues(stack);
      assert.ok(asynchronous(stack).length >= 3);
      for (const [what, queueArn] of asynchronous(stack)) {
        assert.match(queueArn ?? 'nothing', new RegExp(`^arn:aws:sqs:${stack.region}:${stack.account}:`), what);
        assert.ok(alarmed.has(String(queueArn?.split(':').at(-1))), `${what}: ${queueArn} has no alarm`);
      }
      for (const [id, { Properties }] of resourcesOf(stack, 'AWS::SQS::Queue')) assert.ok(alarmed.has(String(Properties.QueueName)), id);
    });

  it('is trigger alone among the functions, whose failures have a destination, but for starts ahead of a run', () => {
    const warmUps = new Set(
      resourcesOf(control, 'AWS::Events::Rule').flatMap(([id, { Properties }]) =>
        (Properties.Targets as readonly { readonly Input?: string }[]).some(({ Input }) => Input === JSON.stringify(WARM_UP)) ? [id] : [],
      ),
    );
    const targets = asynchronous(control).filter(([what]) => what.includes(':function:') && !warmUps.has(what.split(' ')[0] ?? ''));
    assert.ok(targets.length >= 4);
    for (const [what] of targets) assert.match(what, /:function:mrk-failover-trigger:1$/);
  });

  it('may write to its queue', () => {
    for (const stack of [control, sensor]) {
      const text = JSON.stringify(properties(stack, 'AWS::SQS::QueuePolicy'));
      assert.match(text, /"sqs:SendMessage"/);
      assert.match(text, /aws:SecureTransport/);
    }
  });
});

describe('A first deployment that fails', () => {
  it('leaves no bucket, log or key behind whose name would be taken the next time; a later one leaves them alone', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::Logs::LogGroup', 'AWS::KMS::Key'])
      for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of resourcesOf(control, type))
        assert.deepEqual([DeletionPolicy, UpdateReplacePolicy], ['RetainExceptOnCreate', 'Retain'], id);
  });
});

describe('The operator’s doors', () => {
  it('are a URL and an alias for each right, open to signed calls only', () => {
    const urls = properties<{ AuthType: string; Qualifier: string; TargetFunctionArn: string }>(control, 'AWS::Lambda::Url');
    const operator = `arn:aws:lambda:${control.region}:${control.account}:function:mrk-failover-operator`;
    for (const { TargetFunctionArn, Qualifier } of urls) assert.equal(TargetFunctionArn, operator, Qualifier);
    assert.deepEqual(urls.map(({ Qualifier }) => Qualifier).sort(), [...OPERATOR_RIGHTS].sort());
    assert.deepEqual(new Set(urls.map(({ AuthType }) => AuthType)), new Set(['AWS_IAM']));
    const invokers = properties<{ Principal: string }>(control, 'AWS::Lambda::Permission').map(({ Principal }) => Principal);
    assert.deepEqual(
      invokers.filter((principal) => principal !== 'events.amazonaws.com'),
      [],
    );
  });
});

describe('The URLs of the operator’s doors', () => {
  const urls = new Map(
    resourcesOf(control, 'AWS::Lambda::Url').map(([id, { Properties }]) => [
      String(Properties.Qualifier),
      resolved(control, { 'Fn::GetAtt': [id, 'FunctionUrl'] }),
    ]),
  );

  it('are printed as the command line takes them from the environment', () => {
    const printed = Object.values(control.template.Outputs ?? {}).map(({ Value }) => resolved(control, Value));
    for (const right of OPERATOR_RIGHTS)
      assert.ok(printed.includes(`${urlVariable(right)}=${urls.get(right)}`), `${urlVariable(right)} is not among ${printed}`);
  });

  it('are known to trigger as far as it asks for approval, so that its question names the command as a whole', () => {
    const { Environment } = only(functions().filter(({ FunctionName }) => FunctionName === 'mrk-failover-trigger'));
    assert.equal(Environment.Variables.OPERATOR_APPROVE_URL, urls.get('approve'));
  });
});

describe('The templates for other accounts', () => {
  it('can be taken by any account as they are: no assets, no parameters, no account but that of the orchestrator', () => {
    for (const stack of [sensor, member, stackNamed(stacks, 'mrk-failover-member-observe-only')]) {
      // The alarms that fleets name are where they are.
      const text = JSON.stringify(stack.template).replaceAll(/arn:aws:cloudwatch:[^"]+/g, '');
      assert.doesNotMatch(text, /cdk-hnb659fds|AssetParameters|"Parameters"/);
      assert.deepEqual(new Set([...text.matchAll(/\b\d{12}\b/g)].map(([account]) => account)), new Set([control.account]));
    }
  });

  it('send signals straight to the buses of both control Regions', () => {
    const rules = properties<{ Targets: { Arn: string }[]; EventPattern: { source: string[] } }>(sensor, 'AWS::Events::Rule');
    assert.deepEqual(rules.flatMap(({ EventPattern }) => EventPattern.source).sort(), ['aws.cloudwatch', 'aws.health', 'aws.kms']);
    for (const { Targets } of rules)
      assert.deepEqual(
        Targets.map(({ Arn }) => Arn),
        ['eu-central-1', 'eu-west-2'].map((region) => `arn:aws:events:${region}:${control.account}:event-bus/mrk-failover`),
      );
  });
});

describe('A large installation', () => {
  const accounts = Array.from({ length: 150 }, (_, index) => String(222_200_000_000 + index));
  const alarms = Array.from({ length: 50 }, (_, index) => `arn:aws:cloudwatch:us-east-1:${accounts[index]}:alarm:app-${'x'.repeat(150)}`);
  const quoted = (texts: readonly string[]) => texts.map((text) => `"${text}"`).join(', ');
  const large = synthesized(
    DEPLOYMENT_TEXT.replace('  # organizationId:', '  organizationId:').replace(
      '  # memberAccounts: ["111122223333"]',
      `  memberAccounts: ["111122223333", ${quoted(accounts)}]`,
    ),
    TOUR_FLEETS.replace(/alarms: .*/, `alarms: [${quoted(alarms)}]`),
  );
  const sizeOf = (value: unknown) => JSON.stringify(value).length;

  it('has policies and patterns that AWS takes, whatever their number', () => {
    const controlOfLarge = stackNamed(large, 'mrk-failover-control-eu-central-1');
    for (const { Policies } of properties<{ Policies: { PolicyDocument: unknown }[] }>(controlOfLarge, 'AWS::IAM::Role'))
      for (const { PolicyDocument } of Policies) assert.ok(sizeOf(PolicyDocument) < 10_240, JSON.stringify(PolicyDocument).slice(0, 200));
    for (const policy of properties(controlOfLarge, 'AWS::Events::EventBusPolicy')) assert.ok(sizeOf(policy) < 10_240);
    const rules = properties<{ EventPattern: { resources?: readonly string[] } }>(
      stackNamed(large, 'mrk-failover-sensor'),
      'AWS::Events::Rule',
    );
    for (const { EventPattern } of rules) assert.ok(sizeOf(EventPattern) <= 4_096, `${sizeOf(EventPattern)} characters`);
    const told = new Set(rules.flatMap(({ EventPattern: { resources = [] } }) => resources));
    assert.deepEqual(
      alarms.filter((arn) => !told.has(arn)),
      [],
    );
  });

  it('takes signals from its organization, where it has too many accounts to name', () => {
    const { Statement } = only(
      properties<{ Statement: { Principal: unknown; Condition: { StringEquals: Record<string, string> } } }>(
        stackNamed(large, 'mrk-failover-control-eu-central-1'),
        'AWS::Events::EventBusPolicy',
      ),
    );
    assert.deepEqual([Statement.Principal, Statement.Condition.StringEquals], [{ AWS: '*' }, { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }]);
  });
});

describe('cdk-nag', () => {
  it('is answered with a reason wherever it objects', () => {
    const accepted = stacks.flatMap(({ template }) =>
      Object.values(template.Resources).flatMap(
        (resource) =>
          (resource as Resource & { Metadata?: { cdk_nag?: { rules_to_suppress: { id: string; reason: string }[] } } }).Metadata?.cdk_nag
            ?.rules_to_suppress ?? [],
      ),
    );
    assert.ok(accepted.length > 10);
    for (const { id, reason } of accepted) assert.ok(reason.length > 40, `${id}: ${reason}`);
  });
});
