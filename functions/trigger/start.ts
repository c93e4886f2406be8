import type { AnnouncedRun } from '../../core/run/announced.ts';
import type { RunRequest } from '../../core/run/request.ts';
import type { Runtime } from '../frame/runtime.ts';

/** Notes that a signal starts this run, then starts it under its name. A run of that name that exists is left as it is. */
export const announceAndStart = async (
  runtime: Runtime,
  runId: string,
  request: RunRequest,
  signal: string,
): Promise<'started' | 'exists'> => {
  const announced: AnnouncedRun = { signal, announcedAt: runtime.clock.now() };
  await runtime.table.write('run', runId, announced, 0);
  return runtime.executions.start(runId, request);
};
