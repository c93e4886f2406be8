import { z } from 'zod';
import type { KeyRecord } from '../../core/batch/record.ts';
import { BLOCKED_SAMPLE_MAX, type Intent } from '../../core/coordination/intent.ts';
import { type Lease, released } from '../../core/coordination/lease.ts';
import type { Evidence } from '../../core/evidence/evidence.ts';
import { evidenceLine } from '../../core/evidence/line.ts';
import { type Outcome, type RunResult, resultOf, tally, tallyReasons } from '../../core/outcome/outcome.ts';
import { loadAllBatches } from '../frame/batches.ts';
import { evidencePath } from '../frame/evidence-path.ts';
import { changeItem } from '../frame/item.ts';
import { loadRun, type RunFile } from '../frame/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { finalRecords } from './figures.ts';

export const reportInputSchema = z.strictObject({ runId: z.string().min(1).max(80) });
export type ReportInput = z.infer<typeof reportInputSchema>;

/** What the definition's last Choice looks at: `green` only when every key is promoted or was there already. */
export interface ReportAnswer {
  readonly result: RunResult;
  readonly green: boolean;
}

/**
 * Adds the run up, writes its evidence, tells the bus, closes the intent or leaves it open for the tick, and gives the lease back.
 * Everything it says follows from the keys' outcomes. May be repeated.
 */
export const report = async (input: ReportInput, runtime: Runtime): Promise<ReportAnswer> => {
  const run = await loadRun(runtime, input.runId);
  const records = finalRecords(await loadAllBatches(runtime, run));
  const outcomes = records.flatMap((record): Outcome[] => (record.outcome === undefined ? [] : [record.outcome]));
  const counts = tally(outcomes);
  const result = resultOf(counts);

  const evidence: Evidence = {
    runId: run.runId,
    intent: run.intent,
    generation: run.generation,
    ...run.request,
    result,
    keys: records.length,
    outcomes: counts,
    reasons: tallyReasons(outcomes),
    blockedWithoutProof: records.filter((record) => record.outcome?.kind === 'blocked' && record.proof !== 'proven').length,
    startedAt: run.startedAt,
    endedAt: runtime.clock.now(),
    firstVerifiedAt: extreme(Math.min, records),
    lastVerifiedAt: extreme(Math.max, records),
    notes: run.notes,
  };
  await runtime.store.put(
    evidencePath(run.runId, 'keys.jsonl'),
    records.map((record) => `${JSON.stringify(evidenceLine(record))}\n`).join(''),
  );
  await runtime.store.put(evidencePath(run.runId), `${JSON.stringify(evidence, null, 2)}\n`);
  await runtime.bus.put([
    { detailType: 'Run Finished', detail: { ...evidence } },
    ...(counts.blocked > 0
      ? [{ detailType: 'Keys Blocked', detail: { runId: run.runId, fleet: run.fleetName, blocked: counts.blocked } }]
      : []),
  ]);
  await settleIntent(runtime, run, records);
  await changeItem<Lease, void>(runtime, 'lease', run.fleetName, (lease) => ({ store: released(lease, run.runId), answer: undefined }));
  return { result, green: result === 'moved' || result === 'nothing-to-do' };
};

const extreme = (choose: (...times: number[]) => number, records: readonly KeyRecord[]): number | undefined => {
  const times = records.flatMap((record) => record.verifiedAt ?? []);
  return times.length > 0 ? times.reduce((a, b) => choose(a, b)) : undefined;
};

/** Blocked keys keep the intent open: the tick finishes them when their Region answers again. */
const settleIntent = async (runtime: Runtime, run: RunFile, records: readonly KeyRecord[]): Promise<void> => {
  const blocked = records.filter((record) => record.outcome?.kind === 'blocked');
  const step = Math.max(1, Math.floor(blocked.length / BLOCKED_SAMPLE_MAX));
  const blockedSample = blocked
    .filter((_, index) => index % step === 0)
    .slice(0, BLOCKED_SAMPLE_MAX)
    .map(({ account, keyId, primary, origin }) => ({ account, keyId, region: primary ?? origin ?? run.request.source }));
  await changeItem<Intent, void>(runtime, 'intent', run.intent, (intent) => ({
    store: intent === undefined ? undefined : { ...intent, state: blocked.length > 0 ? 'open' : 'closed', blockedSample },
    answer: undefined,
  }));
};
