import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { installation } from '../../support/infra/installation.ts';
import { resolved } from '../../support/infra/resolve.ts';
import { resourcesOf, stackNamed } from '../../support/infra/stacks.ts';

interface RuleProperties {
  readonly Name: string;
  readonly EventBusName?: string;
  readonly EventPattern: unknown;
  readonly State?: string;
  readonly Targets: ReadonlyArray<{ readonly Arn: string; readonly RetryPolicy?: unknown; readonly RoleArn?: string }>;
}

const { control, stacks, account, region } = installation();
const rulesOf = (stack: typeof control): readonly RuleProperties[] =>
  resourcesOf(stack, 'AWS::Events::Rule').map(([, { Properties }]) => resolved(stack, Properties) as RuleProperties);
const rules = new Map(rulesOf(control).map((rule) => [rule.Name.replace('mrk-failover-', ''), rule]));
const rule = (name: string): RuleProperties => rules.get(name) ?? assert.fail(`there is no rule ${name}, only ${[...rules.keys()]}`);

const TRIGGER = `arn:aws:lambda:${region}:${account}:function:mrk-failover-trigger:1`;
const TOPIC = `arn:aws:sns:${region}:${account}:mrk-failover`;
const FOR_AN_HOUR = { MaximumEventAgeInSeconds: 3_600, MaximumRetryAttempts: 24 };

const HANDED_ON: ReadonlyArray<readonly [name: string, target: string, bus: string | undefined, pattern: unknown]> = [
  ['health-signals', TRIGGER, 'mrk-failover', { source: ['aws.health'] }],
  ['promotion-signals', TRIGGER, 'mrk-failover', { source: ['aws.kms'], detail: { eventName: ['UpdatePrimaryRegion'] } }],
  [
    'alarm-signals',
    TRIGGER,
    'mrk-failover',
    {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: [{ 'anything-but': { prefix: 'mrk-failover-sensor-' } }] },
    },
  ],
  [
    'stopped-runs',
    TRIGGER,
    undefined,
    {
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [`arn:aws:states:${region}:${account}:stateMachine:mrk-failover`],
        status: ['ABORTED', 'FAILED', 'TIMED_OUT'],
      },
    },
  ],
  [
    'told-events',
    TOPIC,
    'mrk-failover',
    {
      source: ['mrk-failover'],
      account: [account],
      'detail-type': ['Approval Requested', 'Keys Blocked', 'Run Finished', 'Run Started', 'Unordered Promotion'],
    },
  ],
  [
    'observed-decisions',
    TOPIC,
    'mrk-failover',
    { source: ['mrk-failover'], account: [account], 'detail-type': ['Decision Made'], detail: { verb: ['observe'] } },
  ],
  [
    'sensor-alarms',
    TOPIC,
    'mrk-failover',
    {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: { alarmName: [{ prefix: 'mrk-failover-sensor-' }] },
    },
  ],
];

/** The same whatever order the words of a list stand in. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered).toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, ordered(inner)]));
};

describe('The rules of a control Region', () => {
  for (const [name, target, bus, pattern] of HANDED_ON)
    it(`hand ${name} to ${target === TOPIC ? 'people' : 'trigger'}, for an hour if need be`, () => {
      const { EventBusName, EventPattern, State, Targets } = rule(name);
      assert.deepEqual([EventBusName, State ?? 'ENABLED'], [bus, 'ENABLED']);
      assert.deepEqual(ordered(EventPattern), ordered(pattern));
      assert.deepEqual(
        Targets.map(({ Arn, RetryPolicy, RoleArn }) => [Arn, RetryPolicy, RoleArn]),
        [[target, FOR_AN_HOUR, target === TOPIC ? `arn:aws:iam::${account}:role/mrk-failover-teller-${region}` : undefined]],
      );
    });

  it('are these, and those that start functions ahead of a run', () => {
    const others = [...rules.keys()].filter((name) => !name.startsWith('runs-that-begin-'));
    assert.deepEqual(others.toSorted(), HANDED_ON.map(([name]) => name).toSorted());
  });

  it('give trigger three tries within an hour', () => {
    const [[, { Properties }] = assert.fail('nothing is said of asynchronous calls')] = resourcesOf(
      control,
      'AWS::Lambda::EventInvokeConfig',
    );
    assert.deepEqual([Properties.MaximumEventAgeInSeconds, Properties.MaximumRetryAttempts], [3_600, 2]);
    assert.match(JSON.stringify(Properties.Qualifier), /^\{"Fn::GetAtt":\["trigger\w+","Version"\]\}$/);
  });
});

describe('The queues', () => {
  it('are encrypted, and keep what they have for as long as SQS lets them', () => {
    for (const [id, { Properties }] of resourcesOf(control, 'AWS::SQS::Queue'))
      assert.deepEqual([Properties.SqsManagedSseEnabled, Properties.MessageRetentionPeriod], [true, 14 * 86_400], id);
  });
});

describe('The topic', () => {
  it('is encrypted with the key of the Region', () => {
    const [[, { Properties }] = assert.fail('there is no topic')] = resourcesOf(control, 'AWS::SNS::Topic');
    const { KmsMasterKeyId } = resolved(control, Properties) as Record<string, unknown>;
    assert.equal(KmsMasterKeyId, installation().stateKeyArn);
  });
});

describe('The rules of a sensor', () => {
  const sensor = stackNamed(stacks, 'mrk-failover-sensor');
  it('match issues of the fleets’ services, promotions, and the alarms that fleets name with its own', () => {
    const patterns = Object.fromEntries(
      rulesOf(sensor).map(({ Name, EventPattern }) => [Name.replace('mrk-failover-sensor-', ''), EventPattern]),
    );
    const own = `arn:aws:cloudwatch:${sensor.region}:${sensor.account}:alarm:mrk-failover-sensor-undelivered-${sensor.region}`;
    assert.deepEqual(patterns, {
      health: {
        source: ['aws.health'],
        'detail-type': ['AWS Health Event'],
        detail: { eventTypeCategory: ['issue'], service: ['KMS', 'MULTIPLE_SERVICES'] },
      },
      promotions: {
        source: ['aws.kms'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventSource: ['kms.amazonaws.com'], eventName: ['UpdatePrimaryRegion'] },
      },
      alarms: {
        source: ['aws.cloudwatch'],
        'detail-type': ['CloudWatch Alarm State Change'],
        resources: [`arn:aws:cloudwatch:us-east-1:${sensor.account}:alarm:app`, own],
      },
    });
  });
});
