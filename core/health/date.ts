/** `Tue, 20 Oct 2026 07:41:00 GMT`, as AWS Health writes dates inside an event. */
const LONG_DATE = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
/** `2026-10-20T07:41:00Z`, as EventBridge writes them. */
const SHORT_DATE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Epoch milliseconds of a date in either of the two forms that AWS uses; undefined for anything else, local times included. */
export const healthDate = (text: string): number | undefined => {
  if (!LONG_DATE.test(text) && !SHORT_DATE.test(text)) return undefined;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
};
