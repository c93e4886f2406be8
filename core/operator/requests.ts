import { z } from 'zod';

const sentence = (what: string) =>
  z
    .string(`expected ${what}`)
    .trim()
    .min(1, `expected ${what}, not an empty text`)
    .max(1_000, `expected ${what} of at most 1,000 characters`);
const fleet = sentence('the name of a fleet of the fleet file');
const reason = sentence('the reason, for the record');

/** A switch that nobody remembers is worse than none: it ends by itself after 30 days at the latest. */
const SWITCH_HOURS_MAX = 720;
const hours = `expected for how many hours the switch stays on, a number above 0 and up to ${SWITCH_HOURS_MAX}`;

/** What an operator may ask for, by the path that it is asked on. Each path is a right of its own. */
const OPERATOR_REQUESTS = {
  approve: z.strictObject({ decision: sentence('the name of the decision, as the request for approval gives it'), reason }),
  stop: z.strictObject({ fleet, reason }),
  acknowledge: z.strictObject({ fleet, reason }),
  switch: z.discriminatedUnion(
    'set',
    [
      z.strictObject({
        set: z.literal('on'),
        fleet: fleet.optional(),
        reason,
        hours: z.number(hours).positive(hours).max(SWITCH_HOURS_MAX, hours),
      }),
      z.strictObject({ set: z.literal('off'), fleet: fleet.optional(), reason }),
    ],
    'expected set to be "on" or "off"',
  ),
} as const;

export type OperatorRight = keyof typeof OPERATOR_REQUESTS;
export const OPERATOR_RIGHTS = Object.keys(OPERATOR_REQUESTS) as readonly OperatorRight[];
export type OperatorRequest<R extends OperatorRight> = z.output<(typeof OPERATOR_REQUESTS)[R]>;

const shown = (value: unknown): string => (value === undefined ? 'nothing' : (JSON.stringify(value)?.slice(0, 200) ?? typeof value));

/** Reads what was asked on a path. @returns the request, or one sentence per field that is wrong. */
export const parseOperatorRequest = <R extends OperatorRight>(
  right: R,
  raw: unknown,
): { readonly request: OperatorRequest<R> } | { readonly problems: readonly string[] } => {
  const parsed = OPERATOR_REQUESTS[right].safeParse(raw);
  if (parsed.success) return { request: parsed.data as OperatorRequest<R> };
  return {
    problems: parsed.error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${key}: is not a field of ${right}.`);
      const field = issue.path.join('.');
      if (field === '') return [`${right}: expected a JSON object; got ${shown(raw)}.`];
      return [`${field}: ${issue.message}; got ${shown((raw as Readonly<Record<string, unknown>> | null)?.[field])}.`];
    }),
  };
};
