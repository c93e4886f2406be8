import { z } from 'zod';
import { count, eventId, reasons, request, runId, sentences, time, words } from './fields.ts';

const outcomes = z
  .strictObject({
    promoted: count('keys that moved and were proven'),
    'already-primary': count('keys with nothing to do'),
    unproven: count('keys that moved, without a proof that held'),
    ineligible: count('keys that a rule says cannot be moved'),
    blocked: count('keys that cannot move now'),
    halted: count('keys that the run did not attempt or did not bring back'),
    failed: count('keys that KMS refused for good, or that nobody could read'),
  })
  .describe('how many keys ended how; they add up to keys');

/** A run is over. */
export const runFinished = z
  .strictObject({
    eventId,
    runId,
    intent: words('the intent that the run was for'),
    generation: count('which run of the intent it was'),
    ...request,
    result: z
      .enum(['moved', 'nothing-to-do', 'blocked', 'partly'])
      .describe('moved and nothing-to-do are green; blocked is finished later; partly is for people'),
    keys: count('how many keys the run had'),
    inventoryComplete: z.boolean().describe('whether every key of the fleet was known to the run'),
    outcomes,
    reasons,
    blockedWithoutProof: count('blocked keys of which decryption in the target could not be proven'),
    crypto: z
      .strictObject({
        calls: count('cryptographic calls that were made on the moving keys'),
        failed: count('how many of them failed'),
      })
      .optional()
      .describe('for a drill: the calls that applications would have made meanwhile'),
    startedAt: time('when the plan was written'),
    endedAt: time('when the report was written'),
    firstVerifiedAt: time('when the first key was proven').optional(),
    lastVerifiedAt: time('when the last key was proven').optional(),
    evidence: words('where the evidence lies in the bucket'),
    seal: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe(
        'the SHA-256 that seals the evidence, and with it all evidence of the fleet before it; mrk-failover verify --seal compares',
      ),
    notes: sentences('what a reader should know besides'),
  })
  .describe('A run is over.');
