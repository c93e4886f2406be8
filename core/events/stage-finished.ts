import { z } from 'zod';
import { STAGES } from '../batch/batch.ts';
import { count, eventId, fleet, runId, time } from './fields.ts';

/** A stage of a run is over; said when the next one opens, or by the report. */
export const stageFinished = z
  .strictObject({
    eventId,
    runId,
    fleet,
    stage: z.enum(STAGES).describe('the stage that is over'),
    keys: count('how many keys the run has'),
    concluded: count('how many of them have their outcome so far'),
    at: time('when it was seen to be over'),
  })
  .describe('A stage of a run is over.');
