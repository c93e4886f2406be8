import { z } from 'zod';

type ReadJson<T> = { readonly kind: 'read'; readonly value: T } | { readonly kind: 'wrong'; readonly sentences: readonly string[] };

const sentence = (issue: z.core.$ZodIssue): string => {
  const place = issue.path.length === 0 ? 'The body' : z.core.toDotPath(issue.path);
  if (issue.code === 'unrecognized_keys') return `${place}: there is no field ${issue.keys.map((key) => `'${key}'`).join(', ')} here.`;
  return `${place}: ${issue.message}.`;
};

/** Reads a body that must be JSON of this shape. */
export const readJson = <Schema extends z.ZodType>(schema: Schema, body: Buffer): ReadJson<z.output<Schema>> => {
  let raw: unknown;
  try {
    raw = JSON.parse(body.toString());
  } catch {
    return { kind: 'wrong', sentences: ['The body: expected JSON, got something else.'] };
  }
  const parsed = schema.safeParse(raw);
  return parsed.success ? { kind: 'read', value: parsed.data } : { kind: 'wrong', sentences: parsed.error.issues.map(sentence) };
};
