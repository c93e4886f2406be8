import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { urlVariable } from '../../cli/operator/call.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../core/limits.ts';
import { OPERATOR_RIGHTS } from '../../core/operator/requests.ts';
import { DRILL_DUE } from '../../core/signal/drill-due.ts';
import { TICK } from '../../core/signal/parse.ts';
import { parseSettings } from '../../functions/frame/settings.ts';
import { alarmDescription, metricAlarms, PLATFORM_ALARMS } from '../../infra/operations/alarm-facts.ts';
import { tasksOf } from '../support/infra/definition.ts';
import { FUNCTION_NAMES, installation } from '../support/infra/installation.ts';
import { resolved } from '../support/infra/resolve.ts';
import { DEPLOYMENT_TEXT, type Resource, resourcesOf, type StackTemplate, stackNamed, synthesized } from '../support/infra/stacks.ts';
import { TOUR_FLEETS } from '../support/infra/tour-fleets.ts';

const installed = installation();
const { stacks, control, member } = installed;
const second = stackNamed(stacks, 'mrk-failover-control-eu-west-2');
const sensor = stackNamed(stacks, 'mrk-failover-sensor');

const DEFINITION = readFileSync(new URL('../../statemachine/failover.asl.json', import.meta.url), 'utf8');

const properties = <T>(stack: StackTemplate, type: string): readonly T[] =>
  resourcesOf(stack, type).map(([, { Properties }]) => resolved(stack, Properties) as T);
const only = <T>(items: readonly T[]): T => {
  assert.equal(items.length, 1);
  return items[0] as T;
};

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

  it('keeps room for trigger and promote, whatever else runs in the account', () => {
    const reserved = functions().flatMap(({ FunctionName, ReservedConcurrentExecutions }) =>
      ReservedConcurrentExecutions === undefined ? [] : [FunctionName],
    );
    assert.deepEqual(reserved.sort(), ['mrk-failover-promote', 'mrk-failover-trigger']);
  });

  it('runs the definition as it stands in statemachine/, with published versions put in', () => {
    const machine = only(
      properties<{ DefinitionString: string; DefinitionSubstitutions: Record<string, string>; StateMachineType: string }>(
        control,
        'AWS::StepFunctions::StateMachine',
      ),
    );
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

describe('The table', () => {
  it('is one for both control Regions, strongly consistent, with its witness; the second stack has none of its own', () => {
    const table = only(
      properties<{
        MultiRegionConsistency: string;
        GlobalTableWitnesses: unknown;
        Replicas: { Region: string; DeletionProtectionEnabled: boolean }[];
        TimeToLiveSpecification?: unknown;
      }>(control, 'AWS::DynamoDB::GlobalTable'),
    );
    assert.equal(table.MultiRegionConsistency, 'STRONG');
    assert.deepEqual(table.GlobalTableWitnesses, [{ Region: 'eu-west-3' }]);
    assert.deepEqual(table.Replicas.map(({ Region }) => Region).sort(), ['eu-central-1', 'eu-west-2']);
    assert.ok(table.Replicas.every(({ DeletionProtectionEnabled }) => DeletionProtectionEnabled));
    assert.equal(table.TimeToLiveSpecification, undefined);
    assert.deepEqual(resourcesOf(second, 'AWS::DynamoDB::GlobalTable'), []);
  });

  it('is keyed by kind and id, as the adapter reads and writes it', () => {
    const { KeySchema } = only(properties<{ KeySchema: unknown }>(control, 'AWS::DynamoDB::GlobalTable'));
    assert.deepEqual(KeySchema, [
      { AttributeName: 'kind', KeyType: 'HASH' },
      { AttributeName: 'id', KeyType: 'RANGE' },
    ]);
  });
});

describe('The buckets', () => {
  interface BucketProperties {
    readonly BucketName: string;
    readonly ObjectLockEnabled?: boolean;
    readonly ObjectLockConfiguration?: { readonly Rule: { readonly DefaultRetention: { readonly Mode: string; readonly Days: number } } };
    readonly VersioningConfiguration: { readonly Status: string };
    readonly PublicAccessBlockConfiguration: Record<string, boolean>;
    readonly BucketEncryption: {
      readonly ServerSideEncryptionConfiguration: [{ readonly ServerSideEncryptionByDefault: { readonly KMSMasterKeyID: string } }];
    };
    readonly LifecycleConfiguration: { readonly Rules: { readonly ExpirationInDays?: number }[] };
  }
  const buckets = properties<BucketProperties>(control, 'AWS::S3::Bucket');

  it('are two, both closed to the public, versioned and encrypted with the control Region’s key', () => {
    assert.equal(buckets.length, 2);
    for (const bucket of buckets) {
      assert.deepEqual(new Set(Object.values(bucket.PublicAccessBlockConfiguration)), new Set([true]));
      assert.equal(bucket.VersioningConfiguration.Status, 'Enabled');
      assert.equal(
        bucket.BucketEncryption.ServerSideEncryptionConfiguration[0].ServerSideEncryptionByDefault.KMSMasterKeyID,
        installed.stateKeyArn,
      );
    }
  });

  it('turn away whoever does not come by TLS', () => {
    for (const policy of properties<{ PolicyDocument: { Statement: { Effect: string; Condition?: { Bool?: Record<string, string> } }[] } }>(
      control,
      'AWS::S3::BucketPolicy',
    ))
      assert.ok(
        policy.PolicyDocument.Statement.some(
          ({ Effect, Condition }) => Effect === 'Deny' && Condition?.Bool?.['aws:SecureTransport'] === 'false',
        ),
      );
  });

  it('lock evidence for its time, and let it go after that', () => {
    const evidence = only(buckets.filter(({ BucketName }) => BucketName.includes('evidence')));
    assert.equal(evidence.ObjectLockEnabled, true);
    assert.deepEqual(evidence.ObjectLockConfiguration?.Rule.DefaultRetention, { Mode: 'GOVERNANCE', Days: 400 });
    assert.ok(evidence.LifecycleConfiguration.Rules.every(({ ExpirationInDays = 401 }) => ExpirationInDays > 400));
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
      properties<{ MetricName?: string; Dimensions?: { Name: string; Value: string }[] }>(stack, 'AWS::CloudWatch::Alarm').flatMap(
        ({ MetricName, Dimensions = [] }) =>
          MetricName === 'ApproximateNumberOfMessagesVisible' ? Dimensions.map(({ Value }) => Value) : [],
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

  it('is trigger alone among the functions, whose failures have a destination', () => {
    const targets = asynchronous(control).filter(([what]) => what.includes(':function:'));
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

describe('The schedules', () => {
  const schedules = (stack: StackTemplate) =>
    properties<{ Name: string; ScheduleExpression: string; Target: { Input: string } }>(stack, 'AWS::Scheduler::Schedule');

  it('tick once a minute in each control Region, in the words that trigger reads', () => {
    for (const stack of [control, second]) {
      const tick = only(schedules(stack).filter(({ Name }) => Name === 'tick'));
      assert.equal(tick.ScheduleExpression, 'rate(1 minute)');
      assert.deepEqual(JSON.parse(tick.Target.Input), TICK);
    }
  });

  it('start the drills of the fleets from the first control Region, and name each by the time it was due', () => {
    const drill = only(schedules(control).filter(({ Name }) => Name.startsWith('drill-')));
    assert.equal(drill.ScheduleExpression, 'rate(7 days)');
    assert.deepEqual(JSON.parse(drill.Target.Input), {
      ...DRILL_DUE,
      detail: { fleet: 'payments', scheduledTime: '<aws.scheduler.scheduled-time>' },
    });
    assert.deepEqual(
      schedules(second).filter(({ Name }) => Name.startsWith('drill-')),
      [],
    );
  });
});

describe('The alarms', () => {
  interface AlarmProperties {
    readonly AlarmName: string;
    readonly AlarmDescription: string;
    readonly AlarmActions?: readonly string[];
    readonly OKActions?: readonly string[];
    readonly TreatMissingData: string;
  }
  const alarms = properties<AlarmProperties>(control, 'AWS::CloudWatch::Alarm');
  const runbook = readFileSync(new URL('../../docs/guides/runbook.md', import.meta.url), 'utf8');

  it('all tell the topic of their Region, when they go off and when they are over', () => {
    const topic = `arn:aws:sns:${control.region}:${control.account}:mrk-failover`;
    assert.ok(alarms.length >= 10);
    for (const alarm of alarms) assert.deepEqual([alarm.AlarmActions, alarm.OKActions], [[topic], [topic]], alarm.AlarmName);
  });

  it('say what they mean, and lead to a section of the runbook that exists', () => {
    const sections = new Set([...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title));
    const known = [
      ...metricAlarms({ keysBlockedMinutes: 60, automationDisabledHours: 8 }).map(({ name, meaning }) => alarmDescription(name, meaning)),
      ...Object.entries(PLATFORM_ALARMS).map(([name, meaning]) => alarmDescription(name, meaning)),
    ];
    for (const { AlarmDescription } of [...alarms, ...properties<AlarmProperties>(sensor, 'AWS::CloudWatch::Alarm')]) {
      assert.ok(known.includes(AlarmDescription), AlarmDescription);
      const [, anchor = ''] = /What to do: docs\/guides\/runbook\.md#([a-z-]+)$/.exec(AlarmDescription) ?? [];
      assert.ok(sections.has(anchor), `the runbook has no section ${anchor}`);
    }
  });

  it('take a missing tick for trouble, and silence for peace everywhere else', () => {
    const breaching = alarms.filter(({ TreatMissingData }) => TreatMissingData === 'breaching').map(({ AlarmName }) => AlarmName);
    assert.deepEqual(breaching, ['mrk-failover-tick-missing']);
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
