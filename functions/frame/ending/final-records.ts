import type { Batch } from '../../../core/batch/batch.ts';
import { concluded, type KeyRecord } from '../../../core/batch/record.ts';
import { mayBeAway } from '../../../core/batch/way-back.ts';
import { keyName } from '../../../core/key/key.ts';
import { because, isGreen, PROMOTED } from '../../../core/outcome/outcome.ts';
import type { Operation } from '../../../core/run/operation.ts';

/** One record per key, each with its outcome: a key that no step brought to one gets it here, so that none is ever missing. Pure. */
export const finalRecords = (batches: readonly Batch[], operation: Operation): KeyRecord[] => {
  const recordsOf = (isBack: boolean) =>
    batches.filter(({ stage }) => (stage === 'back') === isBack).flatMap(({ records }) => records.map(ended));
  const [there, back] = [recordsOf(false), recordsOf(true)];
  if (operation !== 'drill') return there;
  const returns = new Map(back.map((record) => [keyName(record), record]));
  const left = new Set(there.map(keyName));
  return [
    ...there.map((record) => thereAndBack(record, returns.get(keyName(record)))),
    ...back.filter((record) => !left.has(keyName(record))),
  ];
};

const ended = (record: KeyRecord): KeyRecord =>
  record.outcome === undefined ? concluded(record, because(record.attempts > 0 ? 'UNREADABLE' : 'RUN_ENDED')) : record;

/** A drill is as good as the worse of its two ways: neither covers what went wrong on the other. */
const thereAndBack = (there: KeyRecord, back: KeyRecord | undefined): KeyRecord => {
  if (back === undefined || back.outcome === undefined) return mayBeAway(there) ? { ...there, outcome: because('NOT_RETURNED') } : there;
  const both: KeyRecord = {
    ...back,
    ...(there.origin === undefined ? {} : { origin: there.origin }),
    requestIds: [...there.requestIds, ...back.requestIds],
    attempts: there.attempts + back.attempts,
  };
  if (back.outcome.kind === 'halted') return { ...both, outcome: because('NOT_RETURNED') };
  if (!isGreen(back.outcome)) return both;
  const wayThere = there.outcome ?? PROMOTED;
  return isGreen(wayThere)
    ? { ...both, outcome: PROMOTED }
    : { ...both, outcome: wayThere, ...(there.detail === undefined ? {} : { detail: there.detail }) };
};
