import { z } from 'zod';
import type { FunctionName } from '../limits.ts';

/** What a function is invoked with only so that it has started when a run that has just begun comes to it. */
export const WARM_UP = { warmUp: true } as const;

/** The functions between the plan and the first proof, each of which the first key would else wait for as it starts cold. */
export const WARMED_UP = [
  'stage',
  'precheck',
  'precheck',
  'precheck',
  'precheck',
  'precheck',
  'promote',
  'poll',
  'verify',
] as const satisfies readonly FunctionName[];

const warmUp = z.strictObject({ warmUp: z.literal(true) });

/** Whether an event asks for nothing but a start. Pure. */
export const isWarmUp = (event: unknown): boolean => warmUp.safeParse(event).success;
