import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { Effect, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Fleet } from '../../core/fleet/schema.ts';
import { deadLetterQueue } from '../control/queues.ts';
import { alarmsOf } from '../deployment/places.ts';
import type { Deployment } from '../deployment/schema.ts';
import { busArn, PREFIX, SENSOR_ALARM } from '../names.ts';
import { alarmDescription, PLATFORM_ALARMS } from '../operations/alarm-facts.ts';
import { templateSynthesizer } from '../template-synthesizer.ts';

export interface SensorStackProps {
  readonly deployment: Deployment;
  readonly fleets: ReadonlyMap<string, Fleet>;
}

/** An event pattern as CloudFormation has it; EventBridge takes one of at most 4,096 characters. */
interface Pattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly resources?: readonly unknown[];
  readonly detail?: unknown;
}

/** An hour is as long as a signal is worth something; the tick finds the rest. */
const AGE_SECONDS_MAX = 3_600;
const ATTEMPTS_MAX = 24;

/** What is left of a pattern's 4,096 characters for the ARNs of alarms, the sensor's own and the quotation marks taken off. */
const ARNS_CHARACTERS_MAX = 3_500;

/** The ARNs, so many together as fit into a pattern; one of none where there are none. */
const inPatterns = (arns: readonly string[]): readonly (readonly string[])[] => {
  const patterns: string[][] = [[]];
  let characters = 0;
  for (const arn of arns) {
    if (characters + arn.length + 3 > ARNS_CHARACTERS_MAX) {
      patterns.push([]);
      characters = 0;
    }
    patterns.at(-1)?.push(arn);
    characters += arn.length + 3;
  }
  return patterns;
};

/**
 * What is deployed to every account that owns keys, in every watched Region and in the two that AWS Health copies to: rules that send
 * signals straight to the buses of the control Regions, since an event that was received is not forwarded a second time. One template
 * for all places: a StackSet rolls it out.
 */
export class SensorStack extends Stack {
  constructor(scope: Construct, id: string, { deployment, fleets }: SensorStackProps) {
    super(scope, id, { synthesizer: templateSynthesizer(), description: 'mrk-failover: sends signals to the orchestrator' });
    const buses = deployment.control.regions.map((region) => busArn(deployment.account, region));
    const role = new Role(this, 'Role', {
      roleName: `${PREFIX}-sensor-${Aws.REGION}`,
      description: 'Sends signals to the orchestrator of mrk-failover.',
      assumedBy: new ServicePrincipal('events.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } } }),
      inlinePolicies: {
        rights: new PolicyDocument({
          statements: [new PolicyStatement({ sid: 'SendsSignals', effect: Effect.ALLOW, actions: ['events:PutEvents'], resources: buses })],
        }),
      },
    });
    const queue = deadLetterQueue(this, 'UndeliveredSignals', `${PREFIX}-sensor-undelivered`);
    const rule = (ruleId: string, description: string, eventPattern: Pattern): CfnRule =>
      new CfnRule(this, ruleId, {
        name: `${PREFIX}-sensor-${ruleId.toLowerCase()}`,
        description,
        eventPattern: eventPattern as unknown as EventPattern,
        targets: buses.map((arn, index) => ({
          id: `control-${index + 1}`,
          arn,
          roleArn: role.roleArn,
          deadLetterConfig: { arn: queue.queueArn },
          retryPolicy: { maximumEventAgeInSeconds: AGE_SECONDS_MAX, maximumRetryAttempts: ATTEMPTS_MAX },
        })),
      });

    const services = [...new Set([...fleets.values()].flatMap((fleet) => fleet.services))];
    const alarm = new Alarm(this, 'UndeliveredSignalsAlarm', {
      alarmName: `${SENSOR_ALARM}undelivered-${Aws.REGION}`,
      alarmDescription: alarmDescription('undelivered-messages', PLATFORM_ALARMS['undelivered-messages']),
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      evaluationPeriods: 1,
      threshold: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const rules = [
      // The source has to be matched to the letter, or public events stay away: https://docs.aws.amazon.com/health/latest/ug/about-public-events.html
      rule('Health', 'AWS Health issues of the services that fleets name.', {
        source: ['aws.health'],
        'detail-type': ['AWS Health Event'],
        detail: { eventTypeCategory: ['issue'], service: services },
      }),
      rule('Promotions', 'Promotions of keys, as CloudTrail records them.', {
        source: ['aws.kms'],
        'detail-type': ['AWS API Call via CloudTrail'],
        detail: { eventSource: ['kms.amazonaws.com'], eventName: ['UpdatePrimaryRegion'] },
      }),
      ...inPatterns(alarmsOf(fleets)).map((arns, index) =>
        rule(index === 0 ? 'Alarms' : `Alarms-${index + 1}`, 'Alarms that fleets name, and the one of this sensor.', {
          source: ['aws.cloudwatch'],
          'detail-type': ['CloudWatch Alarm State Change'],
          resources: [...arns, ...(index === 0 ? [alarm.alarmArn] : [])],
        }),
      ),
    ];
    queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'RulesKeepWhatWasNotDelivered',
        effect: Effect.ALLOW,
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rules.map(({ attrArn }) => attrArn) } },
      }),
    );
  }
}
