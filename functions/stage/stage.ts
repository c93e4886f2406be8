import { z } from 'zod';
import { type Batch, isComplete, STAGES, type Stage } from '../../core/batch/batch.ts';
import { newRecord } from '../../core/batch/record.ts';
import { BATCH_KEYS_MAX, DRILL_HOLD_MS, WAIT_SECONDS_MAX } from '../../core/limits.ts';
import type { AccountId, Region } from '../../core/region.ts';
import { createBatches, loadAllBatches } from '../frame/batches.ts';
import { keepHold } from '../frame/hold.ts';
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
  await keepHold(runtime, run);
  const batches = await loadAllBatches(runtime, run);
  const { stage: name } = input;
  if (name === 'back') return wayBack(runtime, run, batches);
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

/** After the hold, the drill returns what it moved, and nothing else, each key to where it came from. */
const wayBack = async (runtime: Runtime, run: RunFile, batches: readonly Batch[]): Promise<StageAnswer> => {
  const existing = batches.filter((batch) => batch.stage === 'back');
  if (existing.length > 0) return sent(existing.filter((batch) => !isComplete(batch)));

  const called = batches.flatMap((batch) => batch.records).filter((record) => record.attempts > 0);
  if (called.length === 0) return sent([]);
  const movedAt = Math.max(...called.map((record) => record.verifiedAt ?? record.sentAt ?? 0));
  const holdMs = movedAt + DRILL_HOLD_MS - runtime.clock.now();
  if (holdMs > 0) return { next: 'wait', waitSeconds: Math.min(WAIT_SECONDS_MAX, Math.ceil(holdMs / 1000)), accounts: [] };

  const back: Batch[] = [];
  const add = (account: AccountId, target: Region, records: Batch['records']) => {
    back.push({ number: run.batchCount + back.length + 1, account, stage: 'back', target, records });
  };
  for (const records of Map.groupBy(called, (record) => `${record.account}/${record.origin}`).values()) {
    const [first] = records;
    if (first?.origin === undefined) continue;
    for (let from = 0; from < records.length; from += BATCH_KEYS_MAX) {
      const some = records.slice(from, from + BATCH_KEYS_MAX);
      add(
        first.account,
        first.origin,
        some.map((record) => ({ ...newRecord(record), regions: record.regions, notes: record.notes })),
      );
    }
  }
  await createBatches(runtime, run.runId, back);
  return sent(back);
};
