import { z } from 'zod';
import { accountIdSchema } from '../region.ts';
import { healthDate } from './date.ts';

// Fields as https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html has them. Real events
// differ from it: fields come and go, so what we do not need is not looked at, and values we do not know are kept.

/** No text of an event that we keep is longer: an event ARN has at most 1600 characters. */
const TEXT_EXPECTED = 'expected a text of 1 to 1,600 characters';
const text = z.string(TEXT_EXPECTED).min(1, TEXT_EXPECTED).max(1_600, TEXT_EXPECTED);

const DATE_EXPECTED = 'expected a date such as Tue, 20 Oct 2026 07:41:00 GMT or 2026-10-20T07:41:00Z';
const date = z
  .string(DATE_EXPECTED)
  .max(100, DATE_EXPECTED)
  .transform((written, context) => {
    const ms = healthDate(written);
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: DATE_EXPECTED });
    return z.NEVER;
  });

/** The documentation shows strings in one place and plain booleans in another. */
const flag = z.union([z.boolean(), z.stringbool({ truthy: ['true'], falsy: ['false'] })], 'expected true or false');

const COUNT_EXPECTED = 'expected a whole number from 1 to 999,999';
const count = z
  .union(
    [
      z.number(),
      z
        .string()
        .regex(/^\d{1,6}$/)
        .transform(Number),
    ],
    COUNT_EXPECTED,
  )
  .pipe(z.int(COUNT_EXPECTED).min(1, COUNT_EXPECTED).max(999_999, COUNT_EXPECTED));

/** The part of an event, as EventBridge delivers it, that decides anything here. */
export const rawHealthEventSchema = z.object({
  'detail-type': z.enum(['AWS Health Event', 'AWS Health Abuse Event'], 'expected AWS Health Event or AWS Health Abuse Event'),
  /** The account that received the event. */
  account: accountIdSchema,
  /** The Region of delivery, which for a backup copy is not the Region in trouble. */
  region: text,
  detail: z.object({
    eventArn: text,
    communicationId: text,
    service: text,
    eventTypeCode: text,
    eventTypeCategory: text,
    eventScopeCode: text.optional(),
    statusCode: text,
    eventRegion: text,
    startTime: date,
    endTime: date.optional(),
    lastUpdatedTime: date.optional(),
    page: count.default(1),
    totalPages: count.default(1),
    backupEvent: flag.default(false),
    /** The account in trouble; another than `account` when an organisation collects its events in one place. */
    affectedAccount: accountIdSchema.optional(),
  }),
});
