import { z } from 'zod';
import type { Tally } from '../outcome/outcome.ts';
import { REASONS, type ReasonCode } from '../outcome/reasons.ts';
import { regionSchema } from '../region.ts';
import { OPERATIONS } from '../run/operation.ts';
import { closedObject } from '../words/closed-object.ts';
import type { Evidence } from './evidence.ts';
import type { EvidenceFigures } from './figures.ts';
import { timeSchema } from './line-schema.ts';

const count = z.int('expected a whole number').nonnegative('expected a whole number');
const digest = z.string('expected 64 hex digits').regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits');

const countOfEach = Object.fromEntries(Object.keys(REASONS).map((code) => [code, count.exactOptional()])) as Record<
  ReasonCode,
  z.ZodExactOptional<typeof count>
>;

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
  // Not a record: zod lets a field named __proto__ through in those.
  reasons: closedObject(countOfEach),
  blockedWithoutProof: count,
  startedAt: timeSchema,
  endedAt: timeSchema,
  firstVerifiedAt: timeSchema.optional(),
  lastVerifiedAt: timeSchema.optional(),
  crypto: closedObject({ calls: count, failed: count, examples: z.array(z.string()) }).optional(),
  notes: z.array(z.string()),
};

const { keys, outcomes, reasons, blockedWithoutProof, firstVerifiedAt, lastVerifiedAt } = unsealed;
export const figuresSchema = closedObject({
  keys,
  outcomes,
  reasons,
  blockedWithoutProof,
  firstVerifiedAt,
  lastVerifiedAt,
}) satisfies z.ZodType<EvidenceFigures>;

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

/** The summary that a text is, if it is one with a seal, whichever seal that is. */
export const summaryIn = (text: string): Evidence | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    // As it stands there, with its fields in the order in which it was written.
    return summarySchema.safeParse(value).success ? (value as Evidence) : undefined;
  } catch {
    return undefined;
  }
};

/** Whether a summary has nothing of a seal, as those of earlier versions: where only a part of it is gone, somebody has taken that out. */
export const isUnsealed = (summary: unknown): boolean =>
  typeof summary === 'object' && summary !== null && !Object.keys(added).some((field) => Object.hasOwn(summary, field));
