import type { Stage } from '../../../core/batch/batch.ts';
import type { Start } from '../../../core/decision/start.ts';
import type { Fleet } from '../../../core/fleet/schema.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import type { Runtime } from '../runtime.ts';

/** What a run was planned to be: written once by the plan, read by every other function. The run pins the fleet as it was then. */
export interface RunFile {
  readonly runId: string;
  readonly intent: string;
  readonly generation: number;
  readonly request: RunRequest;
  /** Who wanted it. */
  readonly start: Start['by'];
  readonly fleetName: string;
  readonly fleet: Fleet;
  readonly fence: number;
  readonly startedAt: number;
  readonly stages: readonly Stage[];
  /** Batches 1 to this number are the plan's. */
  readonly batchCount: number;
  /** Whether the source listed all of its keys, now or within a day before: else there may be keys that nobody looked at. */
  readonly inventoryComplete: boolean;
  readonly notes: readonly string[];
}

const pathOf = (runId: string): string => `runs/${runId}/run.json`;

/** @returns the run as planned, or undefined when its plan never got so far. */
export const findRun = async (runtime: Pick<Runtime, 'store'>, runId: string): Promise<RunFile | undefined> => {
  const file = await runtime.store.get(pathOf(runId));
  return file === undefined ? undefined : (JSON.parse(file.body) as RunFile);
};

/** @throws when the run was never planned: a bug, not a state of the world. */
export const loadRun = async (runtime: Pick<Runtime, 'store'>, runId: string): Promise<RunFile> => {
  const run = await findRun(runtime, runId);
  if (run === undefined) throw new Error(`There is no plan of run ${runId}: expected ${pathOf(runId)}.`);
  return run;
};

/** Writes the plan; an earlier try's plan stands. */
export const createRun = async (runtime: Pick<Runtime, 'store'>, run: RunFile): Promise<void> => {
  await runtime.store.put(pathOf(run.runId), JSON.stringify(run), { ifAbsent: true });
};
