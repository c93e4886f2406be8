import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { ALARM_SERIES } from '../../../bench/idle.ts';
import { METRICS_NAMESPACE, METRICS_SERVICE } from '../../../functions/frame/telling/metrics.ts';
import { alarmDescription, metricAlarms, PLATFORM_ALARMS } from '../../../infra/operations/alarm-facts.ts';
import { FUNCTION_NAMES, installation } from '../../support/infra/installation.ts';
import { only, properties } from '../../support/infra/properties.ts';
import { resourcesOf, type StackTemplate, stackNamed } from '../../support/infra/stacks.ts';

const { stacks, control } = installation();
const sensor = stackNamed(stacks, 'mrk-failover-sensor');

describe('The alarms', () => {
  interface AlarmProperties {
    readonly AlarmName: string;
    readonly AlarmDescription: string;
    readonly AlarmActions?: readonly string[];
    readonly OKActions?: readonly string[];
    readonly TreatMissingData: string;
    readonly Namespace?: string;
    readonly MetricName?: string;
    readonly Dimensions?: readonly unknown[];
    readonly Metrics?: ReadonlyArray<{
      readonly Id: string;
      readonly Expression?: string;
      readonly MetricStat?: {
        readonly Stat: string;
        readonly Period: number;
        readonly Metric: {
          readonly Namespace: string;
          readonly MetricName: string;
          readonly Dimensions?: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
        };
      };
    }>;
    readonly Statistic?: string;
    readonly Period?: number;
    readonly EvaluationPeriods: number;
    readonly Threshold: number;
    readonly ComparisonOperator: string;
  }
  const alarms = properties<AlarmProperties>(control, 'AWS::CloudWatch::Alarm');
  const runbook = readFileSync(new URL('../../../docs/guides/runbook.md', import.meta.url), 'utf8');

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

  it('look at the figures that they are about, over the time and against the limit that they name', () => {
    const limits = new Map(
      metricAlarms({ keysBlockedMinutes: 25, automationDisabledHours: 3 }).map(({ name, threshold }) => [name, threshold]),
    );
    assert.deepEqual([limits.get('keys-blocked'), limits.get('automation-disabled')], [25 * 60, 3 * 3_600]);
    for (const facts of metricAlarms({ keysBlockedMinutes: 60, automationDisabledHours: 8 })) {
      const alarm = only(alarms.filter(({ AlarmName }) => AlarmName === `mrk-failover-${facts.name}`));
      assert.deepEqual(
        [alarm.Namespace, alarm.MetricName, alarm.Dimensions, alarm.Statistic, alarm.Period, alarm.EvaluationPeriods, alarm.Threshold],
        [
          METRICS_NAMESPACE,
          facts.metric,
          [{ Name: 'service', Value: METRICS_SERVICE }],
          facts.statistic,
          facts.periodMinutes * 60,
          facts.periods,
          facts.threshold,
        ],
      );
      assert.equal(alarm.ComparisonOperator, facts.below ? 'LessThanThreshold' : 'GreaterThanOrEqualToThreshold');
    }
    for (const alarm of alarms.filter(({ MetricName }) => MetricName === 'ApproximateNumberOfMessagesVisible'))
      assert.deepEqual(
        [alarm.Statistic, alarm.Threshold, alarm.EvaluationPeriods, alarm.ComparisonOperator],
        ['Maximum', 1, 1, 'GreaterThanOrEqualToThreshold'],
      );
  });

  it('add up what AWS measures although some of it is silent: most functions are while nothing is moved', () => {
    const sums = alarms.flatMap(({ AlarmName, Metrics = [], ComparisonOperator, EvaluationPeriods, Threshold }) => {
      const [expression = '', ...others] = Metrics.flatMap(({ Expression }) => Expression ?? []);
      const stats = Metrics.flatMap(({ Id, MetricStat }) => (MetricStat === undefined ? [] : [{ Id, ...MetricStat }]));
      if (stats.length === 0) return [];
      assert.deepEqual(others, [], AlarmName);
      assert.equal(expression, stats.map(({ Id }) => `FILL(${Id}, 0)`).join(' + '), AlarmName);
      assert.deepEqual([ComparisonOperator, EvaluationPeriods], ['GreaterThanOrEqualToThreshold', 1], AlarmName);
      for (const { Stat, Period } of stats) assert.deepEqual([Stat, Period], ['Sum', 300], AlarmName);
      const measured = stats.map(({ Metric: { Namespace, MetricName, Dimensions = [] } }) =>
        [Namespace, MetricName, ...Dimensions.flatMap(({ Name, Value }) => [Name, Value])].join(' '),
      );
      return [[AlarmName, Threshold, measured.toSorted()] as const];
    });
    const machine = `arn:aws:states:${control.region}:${control.account}:stateMachine:mrk-failover`;
    const ofFunctions = (metric: string) =>
      FUNCTION_NAMES.map((name) => `AWS/Lambda ${metric} FunctionName mrk-failover-${name}`).toSorted();
    const ofExecutions = ['ExecutionThrottled', 'ExecutionsAborted', 'ExecutionsTimedOut'];
    assert.deepEqual(sums, [
      ['mrk-failover-execution-failed-runs', 1, ofExecutions.map((metric) => `AWS/States ${metric} StateMachineArn ${machine}`)],
      ['mrk-failover-function-errors-all', 10, ofFunctions('Errors')],
      ['mrk-failover-function-throttled-all', 1, ofFunctions('Throttles')],
    ]);
  });

  it('take a missing tick for trouble, and silence for peace everywhere else', () => {
    for (const { AlarmName, TreatMissingData } of alarms)
      assert.equal(TreatMissingData, AlarmName === 'mrk-failover-tick-missing' ? 'breaching' : 'notBreaching', AlarmName);
  });
});

describe('What costs something while nothing happens', () => {
  it('is there as often as the cost page counts it', () => {
    const perMonth = ['AWS::KMS::Key', 'AWS::CloudWatch::Dashboard'].map((type) => resourcesOf(control, type).length);
    assert.deepEqual(perMonth, [1, 1]);
    const alarms = (stack: StackTemplate) =>
      properties<{ Metrics?: readonly { readonly MetricStat?: unknown }[]; Namespace?: string; MetricName?: string }>(
        stack,
        'AWS::CloudWatch::Alarm',
      ).filter(({ MetricName }) => MetricName !== 'OperationsFailedReplication');
    const series = alarms(control).reduce(
      (sum, { Metrics }) => sum + (Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1),
      0,
    );
    assert.deepEqual([series, alarms(sensor).length], [ALARM_SERIES, 1]);
  });
});
