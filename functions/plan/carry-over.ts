import { type KeyRecord, newRecord } from '../../core/batch/record.ts';
import type { KeyRef } from '../../core/key/key.ts';
import { loadAllBatches } from '../frame/batches.ts';
import { evidencePath } from '../frame/evidence-path.ts';
import { findRun } from '../frame/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';

/**
 * What the intent's last run knew of its keys: where each came from, the calls sent and the material that proves it.
 * With it a follow-up run finishes what an earlier one began, and does not take a key that was moved for one that never had to.
 */
export const carriedOver = async (runtime: Runtime, lastRunId: string | undefined): Promise<(key: KeyRef) => KeyRecord> => {
  const known = new Map<string, KeyRecord>();
  const last = lastRunId === undefined ? undefined : await findRun(runtime, lastRunId);
  if (last !== undefined) {
    for (const batch of await loadAllBatches(runtime, last))
      for (const record of batch.records) known.set(`${record.account}/${record.keyId}`, record);
  }
  // A run that was stopped never told of the keys that it promoted: the next one proves and tells them as its own.
  const reported = last !== undefined && (await runtime.store.get(evidencePath(last.runId))) !== undefined;
  return (key) => {
    const before = known.get(`${key.account}/${key.keyId}`);
    const told = reported && before?.outcome?.kind === 'promoted';
    if (before === undefined || told || before.outcome?.kind === 'already-primary') return newRecord(key);
    return {
      ...newRecord(key),
      attempts: before.attempts,
      requestIds: before.requestIds,
      regions: before.regions,
      ...(before.origin === undefined ? {} : { origin: before.origin }),
      ...(before.material === undefined ? {} : { material: before.material }),
    };
  };
};
