import { z } from 'zod';
import { regionSchema } from '../region.ts';
import { OPERATIONS } from './operation.ts';

const line = (what: string) =>
  z
    .string(`expected ${what}`)
    .trim()
    .min(1, `expected ${what}, not an empty text`)
    .max(1024, `expected ${what} of at most 1,024 characters`);

/** What a run is asked to do: five fields, the same from an event, the command line and the console. Nothing volatile, so that a repeated start is recognised. */
export const runRequestSchema = z.strictObject({
  fleet: line('the name of a fleet of the fleet file'),
  operation: z.enum(OPERATIONS, `expected one of ${OPERATIONS.join(', ')}`),
  source: regionSchema,
  target: regionSchema,
  incident: line('the incident or request that this run is for, for example a ticket number'),
});
export type RunRequest = z.infer<typeof runRequestSchema>;

/** More than this of a wrong value helps nobody, and an error's text has a limit of its own. */
const SHOWN_CHARACTERS_MAX = 200;

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= SHOWN_CHARACTERS_MAX ? text : `${text.slice(0, SHOWN_CHARACTERS_MAX)}…`;
};

/**
 * Reads a run's input.
 * @returns the request, or one sentence per field that is wrong: its name, what was expected and what came.
 */
export const parseRunRequest = (raw: unknown): { readonly request: RunRequest } | { readonly problems: readonly string[] } => {
  const parsed = runRequestSchema.safeParse(raw);
  if (parsed.success) return { request: parsed.data };
  return { problems: parsed.error.issues.flatMap((issue) => sentences(issue, raw)) };
};

const sentences = (issue: z.core.$ZodIssue, raw: unknown): string[] => {
  const known = Object.keys(runRequestSchema.shape).join(', ');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${key}: is not a field of a run’s input; expected only ${known}.`);
  const field = issue.path.join('.');
  if (field === '') return [`The run’s input: expected an object with the fields ${known}; got ${shown(raw)}.`];
  const got = (raw as Readonly<Record<string, unknown>>)[field];
  return [`${field}: ${issue.message}; got ${shown(got)}.`];
};
