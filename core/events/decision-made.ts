import { z } from 'zod';
import { eventId, fleet, operation, regionCode, runId, sentences, time, words } from './fields.ts';

/** A signal was decided about, whatever the answer. */
export const decisionMade = z
  .strictObject({
    eventId,
    decision: words('the name of the decision record'),
    fleet,
    signal: words('what came, in words'),
    verb: z
      .enum(['start', 'approve', 'observe', 'ignore'])
      .describe('what was decided: start a run, ask a person, only say so, or nothing to decide'),
    rule: words('the code of the rule that decided'),
    why: words('the reason, as a sentence'),
    liftedBy: sentences('what would lift what stands in the way, a sentence each'),
    operation: operation.optional(),
    source: regionCode('the Region that the primaries would leave').optional(),
    target: regionCode('the Region that would hold the primaries').optional(),
    runId: runId.optional(),
    at: time('when it was decided'),
  })
  .describe('A signal was decided about for one fleet.');
