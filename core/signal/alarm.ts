import { z } from 'zod';
import { type Region, regionSchema } from '../region.ts';
import { requiredText } from '../words/text.ts';
import { eventDate } from './date.ts';

export const ALARM_DETAIL_TYPE = 'CloudWatch Alarm State Change';

/** A CloudWatch alarm, metric or composite, that changed its state. */
export interface AlarmChange {
  readonly arn: string;
  readonly name: string;
  /** The Region in which the alarm lives. */
  readonly region: Region;
  /** `OK`, `ALARM`, `INSUFFICIENT_DATA`, or something newer. */
  readonly state: string;
  /** Since when the alarm has this state, in epoch milliseconds: it names one change. */
  readonly since: number;
}

const ARN = /^arn:[a-z-]+:cloudwatch:[a-z0-9-]+:\d{12}:alarm:.+$/;

/** The part of the event that decides anything: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html */
export const rawAlarmSchema = z
  .object({
    region: regionSchema,
    resources: z.tuple(
      [z.string('expected the ARN of the alarm').regex(ARN, 'expected the ARN of a CloudWatch alarm')],
      z.string('expected an ARN'),
    ),
    detail: z.object({
      alarmName: requiredText,
      state: z.object({ value: requiredText, timestamp: eventDate }),
    }),
  })
  .transform(
    ({ region, resources, detail }): AlarmChange => ({
      arn: resources[0],
      name: detail.alarmName,
      region,
      state: detail.state.value,
      since: detail.state.timestamp,
    }),
  );
