import type { Batch } from '../../core/batch/batch.ts';
import { type KeyRecord, newRecord } from '../../core/batch/record.ts';
import { mayBeAway } from '../../core/batch/way-back.ts';
import type { Intent } from '../../core/coordination/intent.ts';
import { type KeyRef, keyName } from '../../core/key/key.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { loadAllBatches } from '../frame/run/batches.ts';
import { evidencePath } from '../frame/run/evidence-path.ts';
import { lastPlanned } from '../frame/run/last-planned.ts';
import type { RunFile } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';

/** What an intent's earlier runs leave to the next one. */
export interface CarriedOver {
  /** The run that it comes from; undefined for the first of an intent. */
  readonly from: RunFile | undefined;
  readonly recordOf: (key: KeyRef) => KeyRecord;
  /** Keys that it may have taken away and has not told of: the next run is about them too, whether the fleet still has them or not. */
  readonly away: readonly KeyRef[];
}

/**
 * What the intent's last run that had a plan knew of its keys: where each came from, the calls sent and the material that proves
 * it. With it a follow-up run finishes what an earlier one began, and does not take a key that was moved for one that never had to.
 */
export const carriedOver = async (runtime: Runtime, runId: string, request: RunRequest): Promise<CarriedOver> => {
  const intent = (await runtime.table.read<Intent>('intent', intentId(request)))?.value;
  const last = await lastPlanned(runtime, intent?.runs.filter((earlier) => earlier !== runId) ?? []);
  if (last === undefined) return { from: undefined, recordOf: newRecord, away: [] };
  const known = knownRecords(await loadAllBatches(runtime, last));
  // A run that was stopped never told of the keys that it promoted: the next one proves and tells them as its own.
  const reported = (await runtime.store.get(evidencePath(last.runId))) !== undefined;
  const isSettled = (record: KeyRecord): boolean =>
    record.outcome?.kind === 'already-primary' || (reported && last.request.operation !== 'drill' && record.outcome?.kind === 'promoted');
  const recordOf = (key: KeyRef): KeyRecord => {
    const before = known.get(keyName(key));
    if (before === undefined || isSettled(before)) return newRecord(key);
    return {
      ...newRecord(key),
      attempts: mayBeAway(before) ? Math.max(1, before.attempts) : 0,
      requestIds: before.requestIds,
      regions: before.regions,
      ...(before.origin === undefined ? {} : { origin: before.origin }),
      ...(before.material === undefined ? {} : { material: before.material }),
    };
  };
  const away = [...known.values()].filter((record) => mayBeAway(record) && !isSettled(record));
  return { from: last, recordOf, away: away.map(({ account, keyId }) => ({ account, keyId })) };
};

/** Per key the record of its way there; a run that only brought keys home speaks of each as one that came from there. */
const knownRecords = (batches: readonly Batch[]): ReadonlyMap<string, KeyRecord> => {
  const known = new Map<string, KeyRecord>();
  for (const batch of batches.filter(({ stage }) => stage !== 'back'))
    for (const record of batch.records) known.set(keyName(record), record);
  for (const batch of batches.filter(({ stage }) => stage === 'back'))
    for (const record of batch.records)
      if (!known.has(keyName(record)) && record.origin !== undefined)
        known.set(keyName(record), { ...record, origin: batch.target, attempts: Math.max(1, record.attempts) });
  return known;
};
