const DAY = /^(\d{4})-(\d{2})-(\d{2})T(\d{2})/;

/**
 * Whether the day and the hour at the beginning of `2026-10-20T07…` exist. The language's own parser takes 31 February for 3 March,
 * and 24 o'clock for the day after.
 */
export const isOnCalendar = (text: string): boolean => {
  const [, year = '', month = '', day = '', hour = ''] = DAY.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(hour) < 24 && year !== '';
};
