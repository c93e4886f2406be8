import { isBadEnd } from '../../core/signal/execution-change.ts';
import type { Signal } from '../../core/signal/signal.ts';
import type { Runtime } from '../frame/runtime.ts';
import { type CloseOut, closeOut } from './close-out.ts';

type ExecutionSignal = Extract<Signal, { kind: 'execution' }>;

/**
 * A run's execution ended. One that ended badly may have left batches without an outcome and the lease taken, and is closed; what
 * cannot be done yet, the tick does. A run that failed because its fleet is not moved has reported, and is left alone.
 */
export const onExecutionChange = async ({ change }: ExecutionSignal, runtime: Runtime): Promise<CloseOut> => {
  const { runId, status } = change;
  // An execution that goes on by now was redriven: https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
  const isOver = isBadEnd(status) && (await runtime.executions.status(runId)) === status;
  return isOver ? closeOut(runtime, runId, status) : { kind: 'nothing', why: `run ${runId} is ${status}` };
};
