import { z } from 'zod';
import type { KeyRecord } from '../../core/batch/record.ts';
import { BLOCKED_SAMPLE_MAX, type Intent, type Rest, settled } from '../../core/coordination/intent.ts';
import { type Lease, released } from '../../core/coordination/lease.ts';
import type { Evidence } from '../../core/evidence/evidence.ts';
import { evidenceLine } from '../../core/evidence/line.ts';
import { type Outcome, type RunResult, resultOf, tally, tallyReasons } from '../../core/outcome/outcome.ts';
import type { BusEvent } from '../../core/ports/bus.ts';
import type { Region } from '../../core/region.ts';
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
 * Adds the run up, writes its evidence, closes the intent or leaves it open for the tick, gives the lease back, and tells the bus.
 * Everything it says follows from the keys' outcomes. May be repeated.
 */
export const report = async (input: ReportInput, runtime: Runtime): Promise<ReportAnswer> => {
  const run = await loadRun(runtime, input.runId);
  const records = finalRecords(await loadAllBatches(runtime, run), run.request.operation);
  const outcomes = records.flatMap((record): Outcome[] => (record.outcome === undefined ? [] : [record.outcome]));
  const counts = tally(outcomes);
  const result = resultOf(counts, run.inventoryComplete);

  const evidence: Evidence = {
    runId: run.runId,
    intent: run.intent,
    generation: run.generation,
    ...run.request,
    result,
    keys: records.length,
    inventoryComplete: run.inventoryComplete,
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
  const rest = restOf(run, records);
  await changeItem<Intent, void>(runtime, 'intent', run.intent, (intent) => ({
    store: settled(intent, run.runId, rest),
    answer: undefined,
  }));
  await changeItem<Lease, void>(runtime, 'lease', run.fleetName, (lease) => ({ store: released(lease, run.runId), answer: undefined }));
  await tell(runtime, evidence);
  return { result, green: result === 'moved' || result === 'nothing-to-do' };
};

const extreme = (choose: (...times: number[]) => number, records: readonly KeyRecord[]): number | undefined => {
  const times = records.flatMap((record) => record.verifiedAt ?? []);
  return times.length > 0 ? times.reduce((a, b) => choose(a, b)) : undefined;
};

/**
 * Blocked keys keep the intent open until their Region answers again. Keys whose turn never came keep it open too, and wait for
 * nothing: then the tick is given no sample to look at first.
 */
const restOf = (run: RunFile, records: readonly KeyRecord[]): Rest => {
  if (records.some(({ outcome }) => outcome?.kind === 'halted' && outcome.reason === 'RUN_ENDED'))
    return { state: 'open', blockedSample: [] };
  const blocked = records.filter((record) => record.outcome?.kind === 'blocked');
  const step = Math.max(1, Math.floor(blocked.length / BLOCKED_SAMPLE_MAX));
  const blockedSample = blocked
    .filter((_, index) => index % step === 0)
    .slice(0, BLOCKED_SAMPLE_MAX)
    .map((record) => ({ account: record.account, keyId: record.keyId, region: regionToAsk(run, record) }));
  return { state: blocked.length > 0 ? 'open' : 'closed', blockedSample };
};

/** Where KMS has to answer again: in the target when that was dark, which is the source for a drill's key on its way home. */
const regionToAsk = ({ request }: RunFile, { outcome, primary, origin }: KeyRecord): Region => {
  if (outcome?.kind !== 'blocked' || outcome.reason !== 'TARGET_UNREACHABLE') return primary ?? origin ?? request.source;
  return request.operation === 'drill' && primary === request.target ? request.source : request.target;
};

/** The bus comes last and may fail: whoever listens can find the evidence, and nothing may wait for a lease because of it. */
const tell = async (runtime: Runtime, evidence: Evidence): Promise<void> => {
  const { runId, fleet, outcomes } = evidence;
  const events: BusEvent[] = [{ detailType: 'Run Finished', detail: { ...evidence } }];
  if (outcomes.blocked > 0) events.push({ detailType: 'Keys Blocked', detail: { runId, fleet, blocked: outcomes.blocked } });
  try {
    await runtime.bus.put(events);
  } catch (error) {
    runtime.log('the bus did not take the events of a run', {
      runId,
      events: events.map(({ detailType }) => detailType),
      error: String(error),
    });
  }
};
