import { createHash } from 'node:crypto';
import type { HealthEvent } from './parse.ts';

// Digests, because an event ARN alone may be longer than a key of the coordination table, and has characters that the
// name of an execution may not have.
const digest = (parts: readonly (string | number)[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/**
 * Equal for all deliveries of one page of one communication: retries, and the copy in the backup Region. The page is in
 * it because AWS's pages differ on whether the communication ID already holds it.
 * https://docs.aws.amazon.com/health/latest/ug/pagnation-of-health-events.html
 */
export const dedupeKey = (event: Pick<HealthEvent, 'affectedAccount' | 'eventArn' | 'communicationId' | 'page'>): string =>
  digest([event.affectedAccount, event.eventArn, event.communicationId, event.page]);

/** Names the incident: equal for every update, page and copy, and for every account that a public incident reaches. */
export const incidentOf = (event: Pick<HealthEvent, 'eventArn'>): string => `health-${digest([event.eventArn]).slice(0, 20)}`;
