import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { ExecutionStatus, Executions } from '../../core/ports/executions.ts';
import { executionArn } from './execution-arn.ts';

const STATUSES: Readonly<Record<string, ExecutionStatus>> = {
  RUNNING: 'RUNNING',
  // Waits to be taken up again within an execution that runs.
  PENDING_REDRIVE: 'RUNNING',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  TIMED_OUT: 'TIMED_OUT',
  ABORTED: 'ABORTED',
};

/**
 * Executions of a standard state machine.
 *
 * Step Functions answers a second start with the same name and the same input, while the first still runs, as it
 * answered the first: that reads `started` here. The name was used once all the same; nothing runs twice.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 * @throws when `stateMachineArn` is not the ARN of a state machine.
 */
export const createSfnExecutions = ({
  client,
  stateMachineArn,
}: {
  readonly client: SFNClient;
  readonly stateMachineArn: string;
}): Executions => {
  const arnOf = (name: string): string => executionArn(stateMachineArn, name);
  arnOf('checked-when-built');

  return {
    async start(name, input) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return 'started';
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return 'exists';
        throw error;
      }
    },

    async status(name) {
      try {
        const { status = 'none' } = await client.send(new DescribeExecutionCommand({ executionArn: arnOf(name) }));
        const known = STATUSES[status];
        if (known === undefined)
          throw new Error(`Expected execution ${name} to have one of the statuses ${Object.keys(STATUSES).join(', ')}; got ${status}.`);
        return known;
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return undefined;
        throw error;
      }
    },
  };
};
