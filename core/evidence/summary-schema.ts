import { z } from 'zod';
import type { Tally } from '../outcome/outcome.ts';
import { REASONS, type ReasonCode } from '../outcome/reasons.ts';
import { regionSchema } from '../region.ts';
import { OPERATIONS } from '../run/operation.ts';
import { closedObject } from '../words/closed-object.ts';
import type { Evidence } from './evidence.ts';
import { timeSchema } from './line-schema.ts';

const count = z.int('expected a whole number').nonnegative('expected a whole number');
const digest = z.string('expected 64 hex digits').regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits');

/** What a summary has had since before there were seals. */
const unsealed = {
  runId: z.string(),
  intent: z.string(),
  generation: count,
  fleet: z.string(),
  operation: z.enum(OPERATIONS),
  source: regionSchema,
  target: regionSchema,
  incident: z.string(),
  result: z.enum(['moved', 'nothing-to-do', 'blocked', 'partly']),
  keys: count,
  inventoryComplete: z.boolean(),
  outcomes: closedObject({
    promoted: count,
    'already-primary': count,
    unproven: count,
    ineligible: count,
    blocked: count,
    halted: count,
    failed: count,
  } satisfies Record<keyof Tally, typeof count>),
  reasons: z.partialRecord(z.enum(Object.keys(REASONS) as ReasonCode[]), count),
  blockedWithoutProof: count,
  startedAt: timeSchema,
  endedAt: timeSchema,
  firstVerifiedAt: timeSchema.optional(),
  lastVerifiedAt: timeSchema.optional(),
  crypto: closedObject({ calls: count, failed: count, examples: z.array(z.string()) }).optional(),
  notes: z.array(z.string()),
};

/** The summary of an earlier version, which sealed nothing. */
export type UnsealedEvidence = Omit<Evidence, 'controlRegion' | 'keysSha256' | 'previous' | 'seal'>;
export const unsealedSummarySchema = closedObject(unsealed) satisfies z.ZodType<UnsealedEvidence>;

const added = {
  controlRegion: regionSchema,
  keysSha256: digest,
  previous: closedObject({ runId: z.string(), seal: digest, endedAt: timeSchema }).optional(),
  seal: digest,
};

/** `summary.json` with every field that there is. For readers only: what the functions write is typed. */
export const summarySchema = closedObject({ ...unsealed, ...added }) satisfies z.ZodType<Evidence>;

/** Whether a summary has nothing of a seal, as those of earlier versions: where only a part of it is gone, somebody has taken that out. */
export const isUnsealed = (summary: unknown): boolean =>
  typeof summary === 'object' && summary !== null && !Object.keys(added).some((field) => Object.hasOwn(summary, field));
