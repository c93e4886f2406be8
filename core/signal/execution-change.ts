import { z } from 'zod';
import { requiredText } from '../words/text.ts';

export const EXECUTION_DETAIL_TYPE = 'Step Functions Execution Status Change';

/** An execution that began or ended: https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export interface ExecutionChange {
  /** The execution's name, which is the run's ID. */
  readonly runId: string;
  readonly executionArn: string;
  /** `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED`, or something newer. */
  readonly status: string;
}

/** An execution that ended like this may have left batches without an outcome and the lease taken. */
export const ENDED_BADLY = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;
export type BadEnd = (typeof ENDED_BADLY)[number];

/** Whether an execution of this status ended badly. */
export const isBadEnd = (status: string | undefined): status is BadEnd => ENDED_BADLY.some((end) => end === status);

export const rawExecutionSchema = z
  .object({
    detail: z.object({ executionArn: requiredText, name: requiredText, status: requiredText }),
  })
  .transform(
    ({ detail }): ExecutionChange => ({
      runId: detail.name,
      executionArn: detail.executionArn,
      status: detail.status,
    }),
  );
