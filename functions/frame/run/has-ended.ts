import type { Runtime } from '../runtime.ts';

/** Whether a run's execution is known to have ended, however it ended; of one of the other control Region nothing is known here. */
export const hasEnded = async (runtime: Pick<Runtime, 'executions'>, runId: string): Promise<boolean> => {
  const status = await runtime.executions.status(runId);
  return status !== undefined && status !== 'RUNNING';
};
