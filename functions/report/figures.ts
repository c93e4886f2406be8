import type { Batch } from '../../core/batch/batch.ts';
import { concluded, type KeyRecord } from '../../core/batch/record.ts';
import { because } from '../../core/outcome/outcome.ts';

/**
 * One line per key: how it ended. A drill's key is told by its way back when it had one. A key that no step brought to an
 * outcome gets one here, so that none is ever missing. Pure.
 */
export const finalRecords = (batches: readonly Batch[]): KeyRecord[] => {
  const byKey = new Map<string, KeyRecord>();
  for (const batch of batches)
    for (const record of batch.records)
      byKey.set(`${record.account}/${record.keyId}`, ended(record, byKey.get(`${record.account}/${record.keyId}`)));
  return [...byKey.values()];
};

/** What a drill's way there told of the key goes with its way back. */
const ended = (record: KeyRecord, there: KeyRecord | undefined): KeyRecord => {
  const final = record.outcome === undefined ? concluded(record, because(record.attempts > 0 ? 'UNREADABLE' : 'RUN_ENDED')) : record;
  return there === undefined
    ? final
    : { ...final, requestIds: [...there.requestIds, ...final.requestIds], attempts: there.attempts + final.attempts };
};
