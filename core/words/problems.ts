import type { z } from 'zod';
import { gotText } from './got.ts';
import { valueAt } from './value-at.ts';

/**
 * A sentence for everything that is wrong with a value: the field, what was expected and what came.
 * @param what the value as a whole, for what concerns no single field: `the event`
 */
export const problemsOf = (error: z.ZodError, raw: unknown, what: string): readonly string[] => [
  ...new Set(error.issues.flatMap((issue) => sentences(issue, raw, what))),
];

const sentences = (issue: z.core.$ZodIssue, raw: unknown, what: string): readonly string[] => {
  const field = issue.path.map(String).join('.') || what;
  const expected = issue.message.replace(/^Invalid input: /, '').replace(/, received .*$/, '');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${[...issue.path.map(String), key].join('.')}: is not a field of ${field}; ${expected}.`);
  const got = valueAt(raw, issue.path);
  return [`${field}: ${expected}; got ${got === null ? 'null' : gotText(got)}.`];
};
