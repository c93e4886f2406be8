import type { Fleet } from '../fleet/schema.ts';
import { regionSchema } from '../region.ts';
import { instant } from '../words/time.ts';
import type { HealthEvent } from './parse.ts';

/** What makes an event none of a fleet's business; each is a rule of core/decision/rules.ts. */
export type Irrelevance =
  | 'NOT_AN_ISSUE'
  | 'SERVICE_NOT_WATCHED'
  | 'NO_REGION_NAMED'
  | 'NOT_OUR_ACCOUNT'
  | 'NOT_OPEN'
  | 'NOT_BEGUN'
  | 'ENDED'
  | 'STALE';

/** Whether an event speaks of trouble that a fleet should look at now, and why or why not, in a sentence. */
type Relevance =
  | { readonly relevant: true; readonly reason: string }
  | { readonly relevant: false; readonly rule: Irrelevance; readonly reason: string };

/** An incident that AWS has not updated for two hours is no reason to start anything: the event was late or replayed. */
export const staleAfterMs = 2 * 60 * 60 * 1000;

type Listener = Pick<Fleet, 'services' | 'accounts'>;

/** The first thing that makes the event none of the fleet's business. */
const objection = (event: HealthEvent, nowMs: number, { services, accounts }: Listener): readonly [Irrelevance, string] | undefined => {
  if (event.category !== 'issue') return ['NOT_AN_ISSUE', `The event is of category ${event.category}, and only an issue is trouble.`];
  if (!services.includes(event.service))
    return ['SERVICE_NOT_WATCHED', `The event is about ${event.service}; this fleet listens to ${services.join(', ')}.`];
  if (event.eventRegion === 'global')
    return ['NO_REGION_NAMED', 'The event is global, and a primary cannot be moved away from everywhere.'];
  if (!regionSchema.safeParse(event.eventRegion).success)
    return ['NO_REGION_NAMED', `The event names ${event.eventRegion}, which is not a Region.`];
  if (event.onlyAccount !== undefined && !accounts.includes(event.onlyAccount))
    return ['NOT_OUR_ACCOUNT', `The event is about account ${event.onlyAccount} only, which owns no key of this fleet.`];
  if (event.statusCode !== 'open') return ['NOT_OPEN', `The event's status is ${event.statusCode}, not open.`];
  if (event.startedAt > nowMs) return ['NOT_BEGUN', `The incident begins only at ${instant(event.startedAt)}.`];
  // AWS's own sample has the status open beside an end time and a text that begins with RESOLVED.
  if (event.endedAt !== undefined && event.endedAt <= nowMs)
    return ['ENDED', `The incident ended at ${instant(event.endedAt)}, although its status is open.`];
  if (event.lastUpdatedAt !== undefined && nowMs - event.lastUpdatedAt > staleAfterMs)
    return ['STALE', `The event was last updated at ${instant(event.lastUpdatedAt)}, more than two hours ago.`];
  return undefined;
};

/**
 * Judges an event for a fleet. Says nothing about whether the fleet has its primaries in that Region.
 * @param nowMs epoch milliseconds
 */
export const relevance = (event: HealthEvent, nowMs: number, fleet: Listener): Relevance => {
  const found = objection(event, nowMs, fleet);
  if (found !== undefined) return { relevant: false, rule: found[0], reason: found[1] };
  return { relevant: true, reason: `${event.service} has an open issue in ${event.eventRegion} since ${instant(event.startedAt)}.` };
};
