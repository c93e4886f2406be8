import { z } from 'zod';
import { count, eventId, request, runId, time, words } from './fields.ts';

/** A run has its plan and its lease. */
export const runStarted = z
  .strictObject({
    eventId,
    runId,
    intent: words('the intent that the run is for'),
    generation: count('which run of the intent it is, the first is 1'),
    ...request,
    startedBy: z.enum(['signal', 'schedule', 'follow-up', 'person', 'approval']).describe('who wanted the run'),
    keys: count('how many keys are in the plan'),
    batches: count('how many batches they make'),
    at: time('when the plan was written'),
  })
  .describe('A run has its plan and begins.');
