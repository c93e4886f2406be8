import { z } from 'zod';
import { closedObject } from '../../../core/words/closed-object.ts';
import { count, counts, reasonCounts, runResult, seconds, text, texts } from './fields.ts';

const run = closedObject({
  runId: text,
  status: text,
  result: z.enum([...runResult.options, 'refused', 'no-report'], 'expected the result of a run, refused or no-report'),
  objections: texts,
  outcomes: counts,
  reasons: reasonCounts,
  stateTransitions: count,
  historyEventsMax: count,
  payloadBytesMax: count,
});

/** A story's `story.json`: simulator/story/figures.ts has its fields. */
export const storySchema = closedObject({
  kind: z.literal('played', 'expected "played"'),
  runId: text,
  fleet: text,
  operation: text,
  source: text,
  target: text,
  seed: text,
  result: runResult,
  inventoryComplete: z.boolean('expected true or false'),
  notes: texts,
  keys: count,
  accounts: count,
  outcomes: counts,
  reasons: reasonCounts,
  blockedProven: count,
  blockedWithoutProof: count,
  secondsToFirstVerified: seconds.nullable(),
  secondsToLastVerified: seconds.nullable(),
  secondsTotal: seconds,
  floorSeconds: seconds,
  ratioConfigured: z.number('expected a number').nullable(),
  ratioQuota: z.number('expected a number').nullable(),
  calls: counts,
  throttled: count,
  stateTransitions: count,
  faultsStruck: counts,
  limiter: text,
  crypto: closedObject({ calls: count, failed: count }).nullable(),
  chapters: z.array(closedObject({ seconds, text }), 'expected a list of chapters'),
  runs: z.array(run, 'expected a list of runs'),
});
