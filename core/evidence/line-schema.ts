import { z } from 'zod';
import type { Proof } from '../batch/record.ts';
import type { KeyUsage } from '../key/key.ts';
import type { OutcomeKind } from '../outcome/reasons.ts';
import { REASONS, type ReasonCode } from '../outcome/reasons.ts';
import { accountIdSchema, regionSchema } from '../region.ts';
import { closedObject } from '../words/closed-object.ts';

const OUTCOMES = [
  'promoted',
  'already-primary',
  'unproven',
  'ineligible',
  'blocked',
  'halted',
  'failed',
] as const satisfies readonly OutcomeKind[];
const PROOFS = ['proven', 'failed', 'refused', 'unanswered', 'by-policy', 'not-tried'] as const satisfies readonly Proof[];
const USAGES = [
  'ENCRYPT_DECRYPT',
  'SIGN_VERIFY',
  'GENERATE_VERIFY_MAC',
  'KEY_AGREEMENT',
  'ENCAPSULATE_DECAPSULATE',
] as const satisfies readonly KeyUsage[];

export const timeSchema = z.int('expected whole milliseconds since 1970').nonnegative('expected whole milliseconds since 1970');
const regions = z.array(regionSchema);
const texts = z.array(z.string());

/** One key's line of evidence as `keys.jsonl` has it, with every field that there is. For readers only: what the functions write is typed. */
export const evidenceLineSchema = closedObject({
  account: accountIdSchema,
  keyId: z.string(),
  spec: z.string().optional(),
  usage: z.enum(USAGES).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  reason: z.enum(Object.keys(REASONS) as ReasonCode[]).optional(),
  origin: regionSchema.optional(),
  primary: regionSchema.optional(),
  regions,
  proof: z.enum(PROOFS),
  provenIn: regions,
  attempts: z.int().nonnegative(),
  requestIds: texts,
  sentAt: timeSchema.optional(),
  acceptedAt: timeSchema.optional(),
  verifiedAt: timeSchema.optional(),
  detail: z.string().optional(),
  notes: texts,
});

type Written = z.output<typeof evidenceLineSchema>;
export type EvidenceLine = {
  readonly [Field in keyof Written]: Written[Field] extends ReadonlyArray<infer Each> ? readonly Each[] : Written[Field];
};
