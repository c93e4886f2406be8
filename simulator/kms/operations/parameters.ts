import { z } from 'zod';
import { validation } from '../refusal.ts';

export const keyIdText = z.string().min(1).max(2_048);
/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdatePrimaryRegion.html */
export const regionText = z
  .string()
  .min(1)
  .max(32)
  .regex(/^([a-z]+-){2,3}\d+$/, 'Member must satisfy regular expression pattern: ^([a-z]+-){2,3}\\d+$');
export const aliasNameText = z
  .string()
  .max(256)
  .regex(/^alias\/[a-zA-Z0-9/_-]+$/, 'Alias must start with alias/ and hold only letters, digits, / _ -');
export const policyText = z.string().min(1).max(131_072);
export const descriptionText = z.string().max(8_192);
export const marker = z.string().min(1).max(1_024).optional();
export const pageLimit = (max: number) => z.number().int().min(1).max(max).optional();
export const flag = z.boolean().optional();

/** Bytes, in base64 on the wire. */
export const blob = (min: number, max: number) =>
  z
    .string()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine(({ length }) => length >= min && length <= max, `Member must have a length of ${min} to ${max} bytes`);

export const encryptionContext = z.record(z.string(), z.string()).default({});

/** At most 50 tags on a key: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
export const tagList = z.array(z.strictObject({ TagKey: z.string().min(1).max(128), TagValue: z.string().max(256) })).max(50);

export const tagsOf = (list: z.output<typeof tagList> | undefined): Record<string, string> =>
  Object.fromEntries((list ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue]));

export const tagsOnWire = (tags: Readonly<Record<string, string>>) =>
  Object.keys(tags)
    .sort()
    .map((TagKey) => ({ TagKey, TagValue: tags[TagKey] }));

const constraint = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'unrecognized_keys') return `Parameters that this KMS does not know: ${issue.keys.join(', ')}`;
  return `Value at '${issue.path.join('.')}' failed to satisfy constraint: ${issue.message}`;
};

/** @throws KmsRefusal (ValidationException) that says which constraints were not met */
export const parseParameters = <Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  throw validation(`${issues.length} validation error${issues.length === 1 ? '' : 's'} detected: ${issues.map(constraint).join('; ')}`);
};
