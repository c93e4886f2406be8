import { type Batch, isHomeward, STAGES, type Stage } from '../../../core/batch/batch.ts';
import { keyName } from '../../../core/key/key.ts';
import type { Runtime } from '../runtime.ts';
import { announce } from '../telling/announce.ts';
import type { RunFile } from './run-file.ts';

const folderOf = (runId: string): string => `runs/${runId}/stages/`;
const pathOf = (runId: string, stage: Stage): string => `${folderOf(runId)}${stage}.json`;

/** Notes that a stage begins and, the first time, tells that the one before it is over. May be repeated. */
export const markStage = async (runtime: Runtime, run: RunFile, stage: Stage, batches: readonly Batch[]): Promise<void> => {
  if ((await runtime.store.get(pathOf(run.runId, stage))) !== undefined) return;
  const before = run.stages[run.stages.indexOf(stage) - 1];
  if (before !== undefined) await tellStageFinished(runtime, run, before, batches);
  await runtime.store.put(pathOf(run.runId, stage), JSON.stringify({ openedAt: runtime.clock.now() }), { ifAbsent: true });
};

/** Tells that the stage is over that began last; for the report. */
export const tellLastStage = async (runtime: Runtime, run: RunFile, batches: readonly Batch[]): Promise<void> => {
  const marked = await runtime.store.list(folderOf(run.runId));
  const last = STAGES.findLast((stage) => marked.includes(pathOf(run.runId, stage)));
  if (last !== undefined) await tellStageFinished(runtime, run, last, batches);
};

const tellStageFinished = (runtime: Runtime, run: RunFile, stage: Stage, batches: readonly Batch[]): Promise<void> => {
  const seen = batches.filter((batch) => isHomeward(stage) || batch.stage !== 'back').flatMap(({ records }) => records);
  const byKey = Map.groupBy(seen, keyName);
  const concluded = [...byKey.values()].filter((records) => records.every(({ outcome }) => outcome !== undefined));
  return announce(runtime, [
    {
      detailType: 'Stage Finished',
      detail: {
        eventId: `${run.runId}/${stage}`,
        runId: run.runId,
        fleet: run.fleetName,
        stage,
        keys: byKey.size,
        concluded: concluded.length,
        at: runtime.clock.now(),
      },
    },
  ]);
};
