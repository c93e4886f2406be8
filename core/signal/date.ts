import { z } from 'zod';
import { isOnCalendar } from '../words/calendar.ts';

const FORM = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})$/;

/** Epoch milliseconds of a date as EventBridge, CloudTrail and the scheduler write it; undefined for anything else, days that do not exist included. */
export const instantOf = (text: string): number | undefined => {
  if (!FORM.test(text) || !isOnCalendar(text)) return undefined;
  // CloudWatch writes +0000, which the language's own parser may refuse.
  const ms = Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : ms;
};

const EXPECTED = 'expected a date such as 2026-10-20T07:41:00Z';

/** A date in an event, as epoch milliseconds. */
export const eventDate = z
  .string(EXPECTED)
  .max(100, EXPECTED)
  .transform((written, context) => {
    const ms = instantOf(written);
    if (ms !== undefined) return ms;
    context.addIssue({ code: 'custom', message: EXPECTED });
    return z.NEVER;
  });
