import { Duration } from 'aws-cdk-lib';
import { type EventBus, type EventPattern, type IRuleTarget, Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { LifecycleEventType } from '../../core/events/lifecycle.ts';
import { ALARM_DETAIL_TYPE } from '../../core/signal/alarm.ts';
import { ENDED_BADLY, EXECUTION_DETAIL_TYPE } from '../../core/signal/execution-change.ts';
import { PREFIX, SENSOR_ALARM } from '../names.ts';
import type { ChainFunction } from './function.ts';
import type { ControlPlace } from './key.ts';
import type { Queues } from './queues.ts';
import type { Topics } from './topics.ts';

export interface SignalParts {
  readonly place: ControlPlace;
  readonly key: IKey;
  readonly bus: EventBus;
  readonly trigger: ChainFunction;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly stateMachine: CfnStateMachine;
}

/** A signal that is an hour old tells nothing that the tick would not have found meanwhile. */
const SIGNAL_AGE_MAX = Duration.hours(1);
const SIGNAL_ATTEMPTS_MAX = 24;

/** Lifecycle events that somebody should read; the others are for machines. */
export const TOLD_EVENTS: readonly LifecycleEventType[] = [
  'Approval Requested',
  'Keys Blocked',
  'Run Finished',
  'Run Started',
  'Unordered Promotion',
];
const DECIDED: LifecycleEventType = 'Decision Made';

/** `HealthSignals` is mrk-failover-health-signals. */
const ruleNameOf = (id: string): string => `${PREFIX}-${id.replaceAll(/(?<=.)([A-Z])/g, '-$1').toLowerCase()}`;

/** The topics of the user may be encrypted with keys of their own, which then have to let this role use them. */
const tellerStatements = ({ region }: ControlPlace, key: IKey, { own, others }: Topics): readonly PolicyStatement[] => [
  new PolicyStatement({
    sid: 'TellsPeople',
    effect: Effect.ALLOW,
    actions: ['sns:Publish'],
    resources: [own, ...others].map(({ topicArn }) => topicArn),
  }),
  new PolicyStatement({
    sid: 'EncryptsWhatItTells',
    effect: Effect.ALLOW,
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `sns.${region}.amazonaws.com` } },
  }),
];

/** Hands signals to `trigger`, and lifecycle events to people. What cannot be handed over waits in a queue with an alarm. */
export const createSignals = (scope: Construct, { place, key, bus, trigger, queues, topics, stateMachine }: SignalParts): void => {
  const toTrigger = (): IRuleTarget =>
    new LambdaFunction(trigger.version, {
      deadLetterQueue: queues.signals,
      maxEventAge: SIGNAL_AGE_MAX,
      retryAttempts: SIGNAL_ATTEMPTS_MAX,
    });
  const rule = (id: string, description: string, eventPattern: EventPattern, eventBus?: EventBus): Rule =>
    new Rule(scope, id, {
      ruleName: ruleNameOf(id),
      description,
      eventPattern,
      ...(eventBus === undefined ? {} : { eventBus }),
      targets: [toTrigger()],
    });

  rule('HealthSignals', 'AWS Health events that sensors sent on.', { source: ['aws.health'] }, bus);
  rule(
    'PromotionSignals',
    'Promotions of keys, as CloudTrail recorded them.',
    { source: ['aws.kms'], detail: { eventName: ['UpdatePrimaryRegion'] } },
    bus,
  );
  rule(
    'AlarmSignals',
    'CloudWatch alarms that a fleet names.',
    { source: ['aws.cloudwatch'], detailType: [ALARM_DETAIL_TYPE], detail: { alarmName: [{ 'anything-but': { prefix: SENSOR_ALARM } }] } },
    bus,
  );
  // Executions tell the default bus of their own account and Region.
  rule('StoppedRuns', 'Runs whose execution ended without a report.', {
    source: ['aws.states'],
    detailType: [EXECUTION_DETAIL_TYPE],
    detail: { stateMachineArn: [stateMachine.ref], status: [...ENDED_BADLY] },
  });

  // A statement for EventBridge itself in the topic's policy would let the rules of every account publish.
  const teller = new Role(scope, 'TellerRole', {
    roleName: `${PREFIX}-teller-${place.region}`,
    description: 'Sends what people should read to the topics of mrk-failover.',
    assumedBy: new ServicePrincipal('events.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': place.account } } }),
    inlinePolicies: { rights: new PolicyDocument({ statements: [...tellerStatements(place, key, topics)] }) },
  });
  const tell = (id: string, description: string, eventPattern: EventPattern): void => {
    const told = new Rule(scope, id, { ruleName: ruleNameOf(id), description, eventBus: bus, eventPattern });
    for (const topic of [topics.own, ...topics.others])
      told.addTarget(
        new SnsTopic(topic, {
          role: teller.withoutPolicyUpdates(),
          deadLetterQueue: queues.notices,
          maxEventAge: SIGNAL_AGE_MAX,
          retryAttempts: SIGNAL_ATTEMPTS_MAX,
        }),
      );
  };
  const ours = { source: [PREFIX], account: [place.account] };
  tell('ToldEvents', 'Lifecycle events that people should read.', { ...ours, detailType: [...TOLD_EVENTS] });
  tell('ObservedDecisions', 'What would have been done, had the posture allowed it.', {
    ...ours,
    detailType: [DECIDED],
    detail: { verb: ['observe'] },
  });
  tell('SensorAlarms', 'Sensors that cannot deliver their signals.', {
    source: ['aws.cloudwatch'],
    detailType: [ALARM_DETAIL_TYPE],
    detail: { alarmName: [{ prefix: SENSOR_ALARM }] },
  });
};
