import { createHash } from 'node:crypto';
import type { RunRequest } from './request.ts';

/**
 * Names the intent behind a request: equal for every event and every run about the same fleet, target and incident.
 * The incident is hashed because an event's ARN has characters that an execution's name may not have
 * (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html).
 */
export const intentId = (request: Pick<RunRequest, 'fleet' | 'target' | 'incident'>): string =>
  `${request.fleet}-${createHash('sha256')
    .update(JSON.stringify([request.fleet, request.target, request.incident]))
    .digest('hex')
    .slice(0, 16)}`;

/** Names the run of a generation (1, 2, …) of an intent; at most 80 characters, as Step Functions demands. */
export const runName = (intent: string, generation: number): string => `${intent}-${generation}`;
