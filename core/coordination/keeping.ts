import type { Intent } from './intent.ts';
import { isFor } from './shared-run.ts';
import type { FleetWatch } from './watch.ts';

/**
 * So long the table keeps what is over: closed intents with the notes of their runs, and decisions. The tick lists intents each
 * minute, and `why` lists decisions, so neither may grow for ever; and the table has no expiry of its own.
 *
 * Longer than anything that goes by them. The longest cooldown and stability window of a fleet are 7 days, an incident is remembered
 * for 2 days after its last word, a run's files are kept for 90 days, and for 90 days Step Functions knows an execution's name: so no
 * run of an intent that was forgotten shares its name with one that anybody remembers.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export const KEPT_MS = 100 * 24 * 3_600_000;

/** Whether something that happened then is not kept any more. */
export const isPast = (at: number, now: number): boolean => now - at > KEPT_MS;

/**
 * Whether an intent is not kept any more. An incident that the fleet still hears of keeps its intent, and the one that it has joined, by
 * which it is known that it had its run. The way home is kept, one for each failover: without it, one that a person stopped would begin again by itself.
 */
export const isForgotten = ({ state, openedAt, request }: Intent, watches: FleetWatch | undefined, now: number): boolean =>
  state === 'closed' &&
  request.operation !== 'failback' &&
  isPast(openedAt, now) &&
  watches?.watches.some((watch) => isFor(watch, request)) !== true;
