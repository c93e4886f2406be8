import { z } from 'zod';
import { isOverridable } from '../decision/guard.ts';
import { GUARDS } from '../decision/guards/guards.ts';
import { regionSchema } from '../region.ts';
import { closedObject } from '../words/closed-object.ts';
import { problemsOf } from '../words/problems.ts';
import { requiredLine } from '../words/required-line.ts';
import { OPERATIONS } from './operation.ts';

/** The guards that a person may set aside by naming them. */
const OVERRIDABLE: readonly string[] = GUARDS.filter(isOverridable).map(({ name }) => name);
const OVERRIDE_EXPECTED = `that a person may set aside (${OVERRIDABLE.join(', ')})`;

/**
 * What a run is started with, by a person in the console or at the command line and by our own functions alike. Where the keys are
 * is read, not asked. Nothing volatile, so that a repeated start is recognised.
 */
const consoleInputSchema = closedObject({
  fleet: requiredLine('the name of a fleet of the fleet file'),
  operation: z.enum(OPERATIONS, `expected one of ${OPERATIONS.join(', ')}`),
  /** Without it: the first standby that is not the source, for a failback the home. */
  target: regionSchema.optional(),
  reason: requiredLine('why the run is wanted: the incident or request, for example a ticket number'),
  override: z
    .array(z.enum(OVERRIDABLE, `expected a guard ${OVERRIDE_EXPECTED}`), `expected a list of guards ${OVERRIDE_EXPECTED}`)
    .max(10, `expected a list of guards ${OVERRIDE_EXPECTED}`)
    .optional(),
});
export type ConsoleInput = z.infer<typeof consoleInputSchema>;

/**
 * Reads the input of an execution.
 * @returns the input, or one sentence per field that is wrong: its name, what was expected and what came.
 */
export const parseConsoleInput = (raw: unknown): { readonly input: ConsoleInput } | { readonly problems: readonly string[] } => {
  const parsed = consoleInputSchema.safeParse(raw);
  return parsed.success ? { input: parsed.data } : { problems: problemsOf(parsed.error, raw, 'the run’s input') };
};
