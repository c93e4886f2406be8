import { z } from 'zod';
import { accountIdSchema } from '../region.ts';
import { requiredText } from '../words/text.ts';
import { healthDate } from './date.ts';

// Fields as https://docs.aws.amazon.com/health/latest/ug/aws-health-events-eventbridge-schema.html has them. Real events
// differ from it: fields come and go, so what we do not need is not looked at, values we do not know are kept, and null in a field
// that may be left out means that it was.

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
  detail: z.object({
    eventArn: requiredText,
    communicationId: requiredText,
    service: requiredText,
    eventTypeCode: requiredText,
    eventTypeCategory: requiredText,
    eventScopeCode: requiredText.nullish(),
    statusCode: requiredText,
    eventRegion: requiredText,
    startTime: date,
    endTime: date.nullish(),
    lastUpdatedTime: date.nullish(),
    page: count.nullish(),
    /** The account in trouble; another than `account` when an organisation collects its events in one place. */
    affectedAccount: accountIdSchema.nullish(),
  }),
});
export type RawHealthEvent = z.output<typeof rawHealthEventSchema>;
