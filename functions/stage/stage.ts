import { z } from 'zod';
import { type Batch, isComplete, STAGES, type Stage } from '../../core/batch/batch.ts';
import { mayBeAway, wayBack } from '../../core/batch/way-back.ts';
import { DRILL_HOLD_MS, WAIT_SECONDS_MAX } from '../../core/limits.ts';
import type { AccountId } from '../../core/region.ts';
import { ensureBatches, loadAllBatches } from '../frame/batches.ts';
import { type Hold, keepHold } from '../frame/hold.ts';
import { loadRun, type RunFile } from '../frame/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';

export const stageInputSchema = z.strictObject({ runId: z.string().min(1).max(80), stage: z.enum(STAGES) });
export type StageInput = z.infer<typeof stageInputSchema>;

/** `run`: send these batches through the chain; `wait`: the stage's time has not come; `skip`: it has nothing to do. */
export interface StageAnswer {
  readonly next: 'run' | 'wait' | 'skip';
  readonly waitSeconds: number;
  readonly accounts: ReadonlyArray<{ readonly account: AccountId; readonly batches: readonly number[] }>;
}

/** Opens a stage: finds the batches that it has to do now, by what the stages before it left. */
export const stage = async (input: StageInput, runtime: Runtime): Promise<StageAnswer> => {
  const run = await loadRun(runtime, input.runId);
  const hold = await keepHold(runtime, run, input.stage);
  const batches = await loadAllBatches(runtime, run);
  const { stage: name } = input;
  if (name === 'back') return wayBackStage(runtime, run, batches, hold);
  return sent(batches.filter((batch) => belongs(batch, name)));
};

/** A sweep takes up every batch of its way that lacks an outcome; the other stages take the batches made for them. */
const belongs = (batch: Batch, stage: Exclude<Stage, 'back'>): boolean => {
  if (isComplete(batch)) return false;
  if (stage === 'sweep') return batch.stage !== 'back';
  return batch.stage === (stage === 'back-sweep' ? 'back' : stage);
};

const sent = (batches: readonly Batch[]): StageAnswer => ({
  next: batches.length > 0 ? 'run' : 'skip',
  waitSeconds: 0,
  accounts: [...Map.groupBy(batches, (batch) => batch.account)].map(([account, some]) => ({
    account,
    batches: some.map(({ number }) => number),
  })),
});

/** After the hold, the drill returns what it may have moved, and nothing else, each key to where it came from. */
const wayBackStage = async (runtime: Runtime, run: RunFile, batches: readonly Batch[], hold: Hold): Promise<StageAnswer> => {
  const there = batches.filter((batch) => batch.stage !== 'back').flatMap((batch) => batch.records);
  const away = there.filter(mayBeAway);
  // A run that may attempt nothing more has no way back: whoever took the fleet over decides about the keys.
  if (hold.kind === 'halt') return sent([]);
  const movedAt = Math.max(0, ...away.map((record) => record.verifiedAt ?? record.sentAt ?? 0));
  const holdMs = movedAt + DRILL_HOLD_MS - runtime.clock.now();
  if (holdMs > 0) return { next: 'wait', waitSeconds: Math.min(WAIT_SECONDS_MAX, Math.ceil(holdMs / 1000)), accounts: [] };

  await ensureBatches(runtime, run.runId, wayBack(away, run.request.source, run.request.target));
  const all = await loadAllBatches(runtime, run);
  return sent(all.filter((batch) => batch.stage === 'back' && !isComplete(batch)));
};
