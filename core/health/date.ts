import { isOnCalendar } from '../words/calendar.ts';

/** `Tue, 20 Oct 2026 07:41:00 GMT`, as AWS Health writes dates inside an event. */
const LONG_DATE = /^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT$/;
/** `2026-10-20T07:41:00Z`, as EventBridge writes them. */
const SHORT_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The long form as the short one. A month that has no such name becomes month 0, which no calendar has. */
const inShort = (text: string): string => {
  const [, day = '', month = '', year = '', time = ''] = LONG_DATE.exec(text) ?? [];
  return `${year}-${String(MONTHS.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}T${time}Z`;
};

/** Epoch milliseconds of a date in either of the two forms that AWS uses; undefined for anything else, local times and days that do not exist included. */
export const healthDate = (text: string): number | undefined => {
  const short = LONG_DATE.test(text) ? inShort(text) : text;
  if (!SHORT_DATE.test(short) || !isOnCalendar(short)) return undefined;
  const ms = Date.parse(short);
  return Number.isNaN(ms) ? undefined : ms;
};
