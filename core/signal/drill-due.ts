import { z } from 'zod';
import { requiredText } from '../words/text.ts';
import { eventDate } from './date.ts';

/** Sent by the schedule that the stack makes of a fleet's `drill.schedule`, so its shape is ours. */
export const DRILL_DUE = { source: 'mrk-failover', 'detail-type': 'Drill Due' } as const;

/** A drill's time has come. */
export interface DrillDue {
  readonly fleet: string;
  /**
   * The time that the schedule was set for, in epoch milliseconds: with the fleet it names one drill. The scheduler delivers at least
   * once, and its execution ID differs per attempt: https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
   */
  readonly scheduledAt: number;
}

export const rawDrillDueSchema = z
  .object({ detail: z.object({ fleet: requiredText, scheduledTime: eventDate }) })
  .transform(({ detail }): DrillDue => ({ fleet: detail.fleet, scheduledAt: detail.scheduledTime }));
