import { z } from 'zod';
import { closedObject } from '../words/closed-object.ts';
import { problemsOf } from '../words/problems.ts';
import { requiredLine } from '../words/required-line.ts';

const fleet = requiredLine('the name of a fleet of the fleet file');
const reason = requiredLine('the reason, for the record');

/** A switch that nobody remembers is worse than none: it ends by itself after 30 days at the latest. */
const SWITCH_HOURS_MAX = 720;
const hours = `expected for how many hours the switch stays on, a number above 0 and up to ${SWITCH_HOURS_MAX}`;

/** What an operator may ask for, by the path that it is asked on. Each path is a right of its own. */
const OPERATOR_REQUESTS = {
  approve: closedObject({ decision: requiredLine('the name of the decision, as the request for approval gives it'), reason }),
  stop: closedObject({ fleet, reason }),
  acknowledge: closedObject({ fleet, reason }),
  switch: z.discriminatedUnion(
    'set',
    [
      closedObject({
        set: z.literal('on'),
        fleet: fleet.optional(),
        reason,
        hours: z.number(hours).positive(hours).max(SWITCH_HOURS_MAX, hours),
      }),
      closedObject({ set: z.literal('off'), fleet: fleet.optional(), reason }),
    ],
    'expected set to be "on" or "off"',
  ),
} as const;

export type OperatorRight = keyof typeof OPERATOR_REQUESTS;
export const OPERATOR_RIGHTS = Object.keys(OPERATOR_REQUESTS) as readonly OperatorRight[];
export type OperatorRequest<R extends OperatorRight> = z.output<(typeof OPERATOR_REQUESTS)[R]>;

/** Reads what was asked on a path. @returns the request, or one sentence per field that is wrong. */
export const parseOperatorRequest = <R extends OperatorRight>(
  right: R,
  raw: unknown,
): { readonly request: OperatorRequest<R> } | { readonly problems: readonly string[] } => {
  const parsed = OPERATOR_REQUESTS[right].safeParse(raw);
  return parsed.success ? { request: parsed.data as OperatorRequest<R> } : { problems: problemsOf(parsed.error, raw, right) };
};
