import { z } from 'zod';
import { STAGES } from './batch.ts';

/** What every step of the chain gets: numbers and names, never keys. */
export const stepInputSchema = z.strictObject({
  runId: z.string().min(1).max(80),
  stage: z.enum(STAGES),
  batch: z.int().positive(),
});
export type StepInput = z.infer<typeof stepInputSchema>;

/** Where the chain goes next, and how long it waits before that. */
export interface StepAnswer {
  readonly next: 'promote' | 'poll' | 'verify' | 'precheck' | 'done';
  /** Whole seconds, 0 to `WAIT_SECONDS_MAX`. */
  readonly waitSeconds: number;
}
