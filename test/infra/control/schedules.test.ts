import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DRILL_DUE } from '../../../core/signal/drill-due.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { installation } from '../../support/infra/installation.ts';
import { only, properties } from '../../support/infra/properties.ts';
import { type StackTemplate, stackNamed } from '../../support/infra/stacks.ts';

const { stacks, control } = installation();
const second = stackNamed(stacks, 'mrk-failover-control-eu-west-2');

describe('The schedules', () => {
  interface ScheduleProperties {
    readonly Name: string;
    readonly ScheduleExpression: string;
    readonly ScheduleExpressionTimezone: string;
    readonly FlexibleTimeWindow: unknown;
    readonly State?: string;
    readonly Target: { readonly Arn: string; readonly RoleArn: string; readonly Input: string; readonly RetryPolicy: unknown };
  }
  const schedules = (stack: StackTemplate) => properties<ScheduleProperties>(stack, 'AWS::Scheduler::Schedule');

  it('call trigger as it was published, to the minute and in UTC, and make good what is still worth it', () => {
    for (const stack of [control, second])
      for (const { Name, Target, State, FlexibleTimeWindow, ScheduleExpressionTimezone } of schedules(stack)) {
        const arn = `arn:aws:lambda:${stack.region}:${stack.account}:function:mrk-failover-trigger:1`;
        assert.deepEqual([Target.Arn, Target.RoleArn], [arn, `arn:aws:iam::${stack.account}:role/mrk-failover-scheduler-${stack.region}`]);
        assert.deepEqual([State ?? 'ENABLED', ScheduleExpressionTimezone, FlexibleTimeWindow], ['ENABLED', 'UTC', { Mode: 'OFF' }]);
        const [MaximumEventAgeInSeconds, MaximumRetryAttempts] = Name === 'tick' ? [60, 1] : [3_600, 10];
        assert.deepEqual(Target.RetryPolicy, { MaximumEventAgeInSeconds, MaximumRetryAttempts }, Name);
      }
  });

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
