import { z } from 'zod';
import { requiredText } from './text.ts';

export const EXECUTION_DETAIL_TYPE = 'Step Functions Execution Status Change';

/** An execution that began or ended: https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export interface ExecutionChange {
  /** The execution's name, which is the run's ID. */
  readonly runId: string;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  /** `RUNNING`, `SUCCEEDED`, `FAILED`, `TIMED_OUT`, `ABORTED`, or something newer. */
  readonly status: string;
}

/** An execution that ended like this may have left batches without an outcome and the lease taken. */
export const ENDED_BADLY: readonly string[] = ['FAILED', 'TIMED_OUT', 'ABORTED'];

export const rawExecutionSchema = z
  .object({
    detail: z.object({ executionArn: requiredText, stateMachineArn: requiredText, name: requiredText, status: requiredText }),
  })
  .transform(
    ({ detail }): ExecutionChange => ({
      runId: detail.name,
      executionArn: detail.executionArn,
      stateMachineArn: detail.stateMachineArn,
      status: detail.status,
    }),
  );
