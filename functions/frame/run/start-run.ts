import type { Start } from '../../../core/decision/start.ts';
import type { AnnouncedRun } from '../../../core/run/announced.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { inputFor } from '../../../core/run/request-from.ts';
import type { Runtime } from '../runtime.ts';

/**
 * Notes who wants this run, then starts it under its name, which starts once: within a control Region Step Functions sees to that,
 * between two of them the note, which belongs to whoever wrote it first. Whoever noted it and died before the start does not block
 * it: the same control Region starts it at the next try.
 * @param signal what it is started for, in words
 * @param decision the ID of the decision behind it
 * @returns `exists` when there is an execution of that name, or the other control Region has the run
 */
export const announceAndStart = async (
  runtime: Runtime,
  runId: string,
  request: RunRequest,
  signal: string,
  start: Start,
  decision?: string,
): Promise<'started' | 'exists'> => {
  const announced: AnnouncedRun = {
    signal,
    announcedAt: runtime.clock.now(),
    controlRegion: runtime.controlRegion,
    start: start.by,
    source: request.source,
    ...(decision === undefined ? {} : { decision }),
    ...(start.by === 'approval' && start.approvedBy !== undefined ? { approvedBy: start.approvedBy } : {}),
  };
  const isFirst = await runtime.table.write('run', runId, announced, 0);
  if (!isFirst && (await runtime.table.read<AnnouncedRun>('run', runId))?.value.controlRegion !== runtime.controlRegion) return 'exists';
  return runtime.executions.start(runId, inputFor(request));
};
