import { z } from 'zod';
import { type Batch, isComplete, isSweep, STAGES, type Sweep } from '../../core/batch/batch.ts';
import { leftovers } from '../../core/batch/leftovers.ts';
import type { AccountId } from '../../core/region.ts';
import { ensureBatches, loadAllBatches, loadStoredBatches } from '../frame/run/batches.ts';
import { fencedBy } from '../frame/run/fence.ts';
import { keepHold } from '../frame/run/hold.ts';
import { loadRun, type RunFile } from '../frame/run/run-file.ts';
import { markStage } from '../frame/run/stage-marks.ts';
import type { Runtime } from '../frame/runtime.ts';
import { wayHome } from './way-home.ts';

export const stageInputSchema = z.strictObject({ runId: z.string().min(1).max(80), stage: z.enum(STAGES) });
type StageInput = z.infer<typeof stageInputSchema>;

/** `run`: send these batches through the chain; `wait`: the stage's time has not come; `skip`: it has nothing to do. */
interface StageAnswer {
  readonly next: 'run' | 'wait' | 'skip';
  readonly waitSeconds: number;
  readonly accounts: ReadonlyArray<{ readonly account: AccountId; readonly batches: readonly number[] }>;
}

/** Opens a stage: finds the batches that it has to do now, by what the stages before it left. */
export const stage = async (input: StageInput, unfenced: Runtime): Promise<StageAnswer> => {
  const run = await loadRun(unfenced, input.runId);
  const runtime = fencedBy(unfenced, run);
  const { stage: name } = input;
  const hold = await keepHold(runtime, run, name);
  // The fleet went to another run, which decides about the keys.
  if (hold.kind === 'lost') return sent([]);
  const batches = await loadAllBatches(runtime, run);
  await markStage(runtime, run, name, batches);
  if (isSweep(name)) return sweepStage(runtime, run, name);
  if (name !== 'back') return sent(batches.filter((batch) => batch.stage !== 'back' && !isComplete(batch)));
  // A run that may attempt nothing more has no way back: whoever takes the fleet over decides about the keys.
  if (hold.kind === 'halt') return sent([]);
  const way = await wayHome(runtime, run, batches);
  return way.kind === 'hold' ? { next: 'wait', waitSeconds: way.seconds, accounts: [] } : sent(way.batches);
};

/** A sweep takes up every key of its way that lacks an outcome, in batches of its own. */
const sweepStage = async (runtime: Runtime, run: RunFile, stage: Sweep): Promise<StageAnswer> => {
  const left = async () => (await loadStoredBatches(runtime, run)).map(({ batch }) => batch);
  await ensureBatches(runtime, run.runId, leftovers(await left(), stage));
  return sent((await left()).filter((batch) => batch.stage === stage && !isComplete(batch)));
};

const sent = (batches: readonly Batch[]): StageAnswer => ({
  next: batches.length > 0 ? 'run' : 'skip',
  waitSeconds: 0,
  accounts: [...Map.groupBy(batches, (batch) => batch.account)].map(([account, some]) => ({
    account,
    batches: some.map(({ number }) => number),
  })),
});
