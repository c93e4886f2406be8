import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Fleet } from '../../core/fleet/schema.ts';
import { DRILL_DUE } from '../../core/signal/drill-due.ts';
import { TICK } from '../../core/signal/parse.ts';
import { acknowledgeWildcards } from '../nag.ts';
import { functionArn, PREFIX } from '../names.ts';
import type { ChainFunction } from './function.ts';

export interface ScheduleParts {
  readonly fleets: ReadonlyMap<string, Fleet>;
  readonly trigger: ChainFunction;
  readonly queue: Queue;
  /** Drills are started from the first control Region alone; the other ticks, and finishes what is left. */
  readonly isFirst: boolean;
}

const allow = (sid: string, action: string, resource: string): PolicyStatement =>
  new PolicyStatement({ sid, effect: Effect.ALLOW, actions: [action], resources: [resource] });

/** The minute tick, and the drills of the fleets that have a schedule. */
export const createSchedules = (scope: Construct, { fleets, trigger, queue, isFirst }: ScheduleParts): void => {
  const group = new CfnScheduleGroup(scope, 'Schedules', { name: PREFIX });
  const { account, region } = Stack.of(scope);
  const statements = [
    // Any version: a deployment changes the role and the schedules one after the other.
    allow('CallsTrigger', 'lambda:InvokeFunction', `${functionArn('trigger', account, region)}:*`),
    allow('KeepsWhatWasNotDelivered', 'sqs:SendMessage', queue.queueArn),
  ];
  const role = new Role(scope, 'SchedulerRole', {
    roleName: `${PREFIX}-scheduler-${region}`,
    description: 'What the schedules of mrk-failover may do.',
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': account } } }),
    inlinePolicies: { rights: new PolicyDocument({ statements }) },
  });
  acknowledgeWildcards(role, statements, 'The wildcard stands for the published versions of the one function that schedules call.');
  const schedule = (
    id: string,
    name: string,
    description: string,
    expression: string,
    input: unknown,
    ageSecondsMax: number,
    attemptsMax: number,
  ) =>
    new CfnSchedule(scope, id, {
      name,
      description,
      groupName: group.ref,
      scheduleExpression: expression,
      scheduleExpressionTimezone: 'UTC',
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: trigger.version.functionArn,
        roleArn: role.roleArn,
        input: JSON.stringify(input),
        deadLetterConfig: { arn: queue.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: ageSecondsMax, maximumRetryAttempts: attemptsMax },
      },
    });
  // A tick that did not come through is made good by the next one, a minute later.
  schedule('Tick', 'tick', 'Has trigger look after open intents.', 'rate(1 minute)', TICK, 60, 1);
  for (const [name, { drill }] of isFirst ? fleets : []) {
    if (drill.schedule === undefined) continue;
    // The time that the schedule was set for names the drill: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
    const input = { ...DRILL_DUE, detail: { fleet: name, scheduledTime: '<aws.scheduler.scheduled-time>' } };
    schedule(`Drill-${name}`, `drill-${name}`, `Drills of fleet ${name}.`, drill.schedule, input, 3_600, 10);
  }
};
