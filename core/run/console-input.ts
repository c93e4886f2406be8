import { z } from 'zod';
import { isOverridable } from '../decision/guard.ts';
import { GUARDS } from '../decision/guards/guards.ts';
import { regionSchema } from '../region.ts';
import { OPERATIONS } from './operation.ts';

const line = (what: string) =>
  z
    .string(`expected ${what}`)
    .trim()
    .min(1, `expected ${what}, not an empty text`)
    .max(1024, `expected ${what} of at most 1,024 characters`);

/** The guards that a person may set aside by naming them. */
const overridableGuards = (): readonly string[] => GUARDS.filter(isOverridable).map(({ name }) => name);

const overridden = z.string().refine((name) => overridableGuards().includes(name));

/**
 * What a run is started with, by a person in the console or at the command line and by our own functions alike. Where the keys are
 * is read, not asked. Nothing volatile, so that a repeated start is recognised.
 */
const consoleInputSchema = z.strictObject({
  fleet: line('the name of a fleet of the fleet file'),
  operation: z.enum(OPERATIONS, `expected one of ${OPERATIONS.join(', ')}`),
  /** Without it: the first standby that is not the source, for a failback the home. */
  target: regionSchema.optional(),
  reason: line('why the run is wanted: the incident or request, for example a ticket number'),
  override: z.array(overridden).max(10).optional(),
});
export type ConsoleInput = z.infer<typeof consoleInputSchema>;

/** More than this of a wrong value helps nobody, and an error's text has a limit of its own. */
const SHOWN_CHARACTERS_MAX = 200;

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= SHOWN_CHARACTERS_MAX ? text : `${text.slice(0, SHOWN_CHARACTERS_MAX)}…`;
};

/**
 * Reads the input of an execution.
 * @returns the input, or one sentence per field that is wrong: its name, what was expected and what came.
 */
export const parseConsoleInput = (raw: unknown): { readonly input: ConsoleInput } | { readonly problems: readonly string[] } => {
  const parsed = consoleInputSchema.safeParse(raw);
  if (parsed.success) return { input: parsed.data };
  return { problems: [...new Set(parsed.error.issues.flatMap((issue) => sentences(issue, raw)))] };
};

const sentences = (issue: z.core.$ZodIssue, raw: unknown): string[] => {
  const known = Object.keys(consoleInputSchema.shape).join(', ');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${key}: is not a field of a run’s input; expected only ${known}.`);
  const [field] = issue.path;
  if (typeof field !== 'string') return [`The run’s input: expected an object with the fields ${known}; got ${shown(raw)}.`];
  const got = shown((raw as Readonly<Record<string, unknown>>)[field]);
  return [
    `${field}: ${field === 'override' ? `expected a list of guards that a person may set aside (${overridableGuards().join(', ')})` : issue.message}; got ${got}.`,
  ];
};
