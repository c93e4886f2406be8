import { z } from 'zod';
import { count, eventId, request, sentences, time, words } from './fields.ts';

/** A person is asked whether a run may start. Everything they need to answer is in it. */
export const approvalRequested = z
  .strictObject({
    eventId,
    decision: words('the name of the decision that waits for an answer'),
    ...request,
    why: words('what happened, as a sentence'),
    keys: count('how many keys would move'),
    gain: words('what moving the keys gains'),
    blastRadius: words('what the run touches, and what it does not'),
    eta: words('how long the run takes'),
    ifNobodyAnswers: words('what happens without an answer'),
    objections: sentences('why nothing starts by itself, a sentence each'),
    command: words('the command that approves it'),
    expiresAt: time('until when it may be approved'),
  })
  .describe('A run waits for the approval of a person.');
