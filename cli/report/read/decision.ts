import { z } from 'zod';
import { regionSchema } from '../../../core/region.ts';
import { closedObject } from '../../../core/words/closed-object.ts';
import { moment, operation, text, texts } from './fields.ts';

const request = closedObject({
  fleet: text,
  operation,
  source: regionSchema,
  target: regionSchema,
  incident: text,
});

const answer = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ guard: text, kind: z.literal('pass'), why: text.exactOptional() }),
    z.strictObject({ guard: text, kind: z.literal('refuse'), rule: text, why: text, liftedBy: text }),
    z.strictObject({ guard: text, kind: z.literal('unknown'), rule: text, why: text, liftedBy: text }),
  ],
  'expected the answer of a guard: pass, refuse or unknown',
);

const decision = closedObject({
  state: z.enum(['deciding', 'decided'], 'expected deciding or decided'),
  at: moment,
  fleet: text,
  signal: text,
  request: request.exactOptional(),
  judgement: closedObject({
    allowed: z.boolean('expected true or false'),
    answers: z.array(answer, 'expected a list of answers'),
  }).exactOptional(),
  verb: z.enum(['start', 'approve', 'observe', 'ignore'], 'expected start, approve, observe or ignore').exactOptional(),
  rule: text.exactOptional(),
  why: text.exactOptional(),
  liftedBy: texts.exactOptional(),
  runId: text.exactOptional(),
  approval: closedObject({
    expiresAt: moment,
    state: z.enum(['open', 'approved', 'withdrawn'], 'expected open, approved or withdrawn'),
    by: text.exactOptional(),
    at: moment.exactOptional(),
  }).exactOptional(),
  by: text.exactOptional(),
});

/** `mrk-failover why --json` writes a decision beside its name; a story leaves it one level deeper. */
const asStoriesLeaveIt = (raw: unknown): unknown => {
  if (typeof raw !== 'object' || raw === null || !('id' in raw) || 'decision' in raw) return raw;
  const { id, ...rest } = raw;
  return { id, decision: rest };
};

/** One line of `decisions.jsonl`, as a story leaves it or as `mrk-failover why --table … --json` prints it: core/decision/decision.ts. */
export const namedDecisionSchema = z.preprocess(asStoriesLeaveIt, closedObject({ id: text, decision }));
