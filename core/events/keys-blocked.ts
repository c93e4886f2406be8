import { z } from 'zod';
import { count, eventId, reasons, request, runId, time, words } from './fields.ts';

/** Keys of a run cannot move now; the run's intent stays open and finishes them. */
export const keysBlocked = z
  .strictObject({
    eventId,
    runId,
    ...request,
    blocked: count('how many keys cannot move now'),
    withoutProof: count('of how many of them decryption in the target could not be proven'),
    reasons,
    meaning: words('what this means for the data, as a sentence'),
    next: words('what happens now without anybody doing anything, as a sentence'),
    at: time('when the run ended'),
  })
  .describe('Keys cannot move now, and will be finished later.');
