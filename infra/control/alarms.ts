import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE, METRICS_SERVICE, type MetricName } from '../../functions/frame/telling/metrics.ts';
import type { Deployment } from '../deployment/schema.ts';
import { PREFIX } from '../names.ts';
import { alarmDescription, type MetricAlarm, metricAlarms, PLATFORM_ALARMS, type PlatformAlarm } from '../operations/alarm-facts.ts';
import type { Functions } from './functions.ts';
import type { Queues } from './queues.ts';
import type { Topics } from './topics.ts';

export interface AlarmParts {
  readonly deployment: Deployment;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly functions: Functions;
  readonly stateMachine: CfnStateMachine;
  /** Pieces of evidence that S3 could not copy, where it shall. */
  readonly failedCopies: IMetric | undefined;
}

/** One of our own figures, of the whole installation or of one fleet. */
export const ownMetric = (name: MetricName, statistic: string, period: Duration, fleet?: string): Metric =>
  new Metric({
    namespace: METRICS_NAMESPACE,
    metricName: name,
    dimensionsMap: { service: METRICS_SERVICE, ...(fleet === undefined ? {} : { fleet }) },
    statistic,
    period,
    ...(fleet === undefined ? {} : { label: fleet }),
  });

/** Every alarm of the control Region; each tells the topics when it goes off, and when it is over. */
export const createAlarms = (
  scope: Construct,
  { deployment, queues, topics, functions, stateMachine, failedCopies }: AlarmParts,
): readonly Alarm[] => {
  const all = [
    ...metricAlarms(deployment.alarms).map((facts) => ownAlarm(scope, facts)),
    ...Object.entries(queues).map(([name, queue]) =>
      platformAlarm(
        scope,
        'undelivered-messages',
        name,
        queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
        1,
      ),
    ),
    platformAlarm(scope, 'execution-failed', 'runs', failedExecutions(stateMachine.ref), 1),
    platformAlarm(scope, 'function-errors', 'all', sumOver(functions, 'metricErrors'), 10),
    ...(failedCopies === undefined ? [] : [platformAlarm(scope, 'evidence-not-copied', 'peer', failedCopies, 1)]),
    platformAlarm(scope, 'function-throttled', 'all', sumOver(functions, 'metricThrottles'), 1),
  ];
  for (const alarm of all) {
    for (const topic of [topics.own, ...topics.others]) {
      alarm.addAlarmAction(new SnsAction(topic));
      alarm.addOkAction(new SnsAction(topic));
    }
  }
  return all;
};

const ownAlarm = (scope: Construct, facts: MetricAlarm): Alarm =>
  new Alarm(scope, `Alarm-${facts.name}`, {
    alarmName: `${PREFIX}-${facts.name}`,
    alarmDescription: alarmDescription(facts.name, facts.meaning),
    metric: ownMetric(facts.metric, facts.statistic, Duration.minutes(facts.periodMinutes)),
    evaluationPeriods: facts.periods,
    threshold: facts.threshold,
    comparisonOperator: facts.below ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: facts.silence === 'breaching' ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
  });

const platformAlarm = (scope: Construct, name: PlatformAlarm, of: string, metric: IMetric, threshold: number): Alarm =>
  new Alarm(scope, `Alarm-${name}-${of}`, {
    alarmName: `${PREFIX}-${name}-${of}`,
    alarmDescription: alarmDescription(name, PLATFORM_ALARMS[name]),
    metric,
    evaluationPeriods: 1,
    threshold,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });

/**
 * A sum with a value although some of its series have none: one that was silent would silence the whole sum, and most functions are
 * silent while nothing is moved.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
const sumOf = (ids: readonly string[]): string => ids.map((id) => `FILL(${id}, 0)`).join(' + ');

/** A run whose keys did not all move fails on purpose and is told by run-not-green; these are the executions that ended otherwise. */
const failedExecutions = (stateMachineArn: string): MathExpression => {
  const metric = (metricName: string): Metric =>
    new Metric({
      namespace: 'AWS/States',
      metricName,
      dimensionsMap: { StateMachineArn: stateMachineArn },
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
  return new MathExpression({
    expression: sumOf(['timedOut', 'throttled', 'aborted']),
    usingMetrics: { timedOut: metric('ExecutionsTimedOut'), throttled: metric('ExecutionThrottled'), aborted: metric('ExecutionsAborted') },
    period: Duration.minutes(5),
    label: 'executions that did not end by themselves',
  });
};

const sumOver = (functions: Functions, of: 'metricErrors' | 'metricThrottles'): MathExpression => {
  const metrics = Object.entries(functions).map(
    ([name, each]) => [`${name}s`, each.function[of]({ period: Duration.minutes(5), statistic: 'Sum' })] as const,
  );
  return new MathExpression({
    expression: sumOf(metrics.map(([id]) => id)),
    usingMetrics: Object.fromEntries(metrics),
    period: Duration.minutes(5),
    label: of === 'metricErrors' ? 'errors of functions' : 'throttled invocations',
  });
};
