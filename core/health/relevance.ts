import { regionSchema } from '../region.ts';
import type { HealthEvent } from './parse.ts';

/** Whether an event speaks of trouble that a fleet should look at now, and why or why not, in a sentence. */
export interface Relevance {
  readonly relevant: boolean;
  readonly reason: string;
}

/** An incident that AWS has not updated for two hours is no reason to start anything: the event was late or replayed. */
export const staleAfterMs = 2 * 60 * 60 * 1000;

const at = (ms: number): string => new Date(ms).toISOString();

/** The first thing that makes the event none of the fleet's business. */
const objection = (event: HealthEvent, nowMs: number, services: readonly string[]): string | undefined => {
  if (event.category !== 'issue') return `The event is of category ${event.category}, and only an issue is trouble.`;
  if (!services.includes(event.service)) return `The event is about ${event.service}; this fleet listens to ${services.join(', ')}.`;
  if (event.eventRegion === 'global') return 'The event is global, and a primary cannot be moved away from everywhere.';
  if (!regionSchema.safeParse(event.eventRegion).success) return `The event names ${event.eventRegion}, which is not a Region.`;
  if (event.statusCode !== 'open') return `The event's status is ${event.statusCode}, not open.`;
  if (event.startedAt > nowMs) return `The incident begins only at ${at(event.startedAt)}.`;
  // AWS's own sample has the status open beside an end time and a text that begins with RESOLVED.
  if (event.endedAt !== undefined && event.endedAt <= nowMs)
    return `The incident ended at ${at(event.endedAt)}, although its status is open.`;
  if (event.lastUpdatedAt !== undefined && nowMs - event.lastUpdatedAt > staleAfterMs) {
    return `The event was last updated at ${at(event.lastUpdatedAt)}, more than two hours ago.`;
  }
  return undefined;
};

/**
 * Judges an event for a fleet. Says nothing about whether the fleet has its primaries in that Region.
 * @param nowMs epoch milliseconds
 * @param services the AWS Health service codes the fleet listens to
 */
export const relevance = (event: HealthEvent, nowMs: number, services: readonly string[]): Relevance => {
  const reason = objection(event, nowMs, services);
  if (reason !== undefined) return { relevant: false, reason };
  return { relevant: true, reason: `${event.service} has an open issue in ${event.eventRegion} since ${at(event.startedAt)}.` };
};
