import { type Batch, isComplete, isOverdue, isSweep } from '../../core/batch/batch.ts';
import type { KeyRecord } from '../../core/batch/record.ts';
import type { StepAnswer, StepInput } from '../../core/batch/step.ts';
import { type Readings, standing } from '../../core/key/agree.ts';
import type { Region } from '../../core/region.ts';
import { loadBatch, saveBatch } from '../frame/batches.ts';
import { keepHold } from '../frame/hold.ts';
import { observe } from '../frame/observe.ts';
import { loadRun } from '../frame/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';

const AGAIN_SECONDS = 3;
const AGAIN_FOR_CANARY_SECONDS = 2;
/** Between the two reads that must agree: far enough for the second to be another read, near enough to cost little. */
const SECOND_LOOK_MS = 500;
/** The lane shall not stand idle for a key that takes a minute: keys still under way so long after the last call go with the sweep. */
const STRAGGLING_MS = 25_000;
/** Nor shall the fleet wait for a canary that takes longer than most keys do. */
const STRAGGLING_CANARY_MS = 8_000;
/** A call whose effect no Region shows after so long did not take effect yet, or never will: the key is looked at anew. */
const VISIBLE_MS = 20_000;

/**
 * Reads the truth about the keys that were called for. Moved means: every Region that answers agrees, in two reads in a row,
 * and none is in transition.
 */
export const poll = async (input: StepInput, runtime: Runtime): Promise<StepAnswer> => {
  const run = await loadRun(runtime, input.runId);
  const loaded = await loadBatch(runtime, input.runId, input.batch);
  await keepHold(runtime, run, loaded.batch.stage);

  const records = await Promise.all(
    loaded.batch.records.map((record) => (record.phase === 'sent' ? polled(runtime, record, loaded.batch.target) : record)),
  );
  const overdue = isOverdue(loaded.batch, runtime.clock.now());
  const parked = overdue && isSweep(input.stage) ? records.map(parkedWhileUpdating) : records;
  const { batch } = await saveBatch(runtime, input.runId, loaded, { ...loaded.batch, records: parked });
  return answer(batch, overdue || isStraggling(batch, input, runtime.clock.now()), input);
};

const isStraggling = (batch: Batch, input: StepInput, now: number): boolean => {
  const longMs = input.stage === 'canary' ? STRAGGLING_CANARY_MS : STRAGGLING_MS;
  const isOld = (record: KeyRecord) => record.phase === 'sent' && now - (record.sentAt ?? now) >= longMs;
  return !isSweep(input.stage) && batch.records.every((record) => record.phase === 'done' || record.phase === 'moved' || isOld(record));
};

const polled = async (runtime: Runtime, record: KeyRecord, target: Region): Promise<KeyRecord> => {
  const first = await observe(runtime, record, record.regions);
  if (!isAt(first, target)) return afterLook(record, first, target, runtime.clock.now());
  await runtime.clock.sleep(SECOND_LOOK_MS);
  const second = await observe(runtime, record, record.regions);
  return isAt(second, target) ? { ...record, phase: 'moved', primary: target } : afterLook(record, second, target, runtime.clock.now());
};

/** Moved by every Region that answers, and the target itself is one of them. */
const isAt = (readings: Readings, target: Region): boolean => {
  const where = standing(readings);
  return where.kind === 'settled' && where.primary === target && readings.get(target)?.kind === 'seen';
};

/** Settled, and not where the call would have put it, be it that somebody else moved it meanwhile. */
const afterLook = (record: KeyRecord, readings: Readings, target: Region, now: number): KeyRecord => {
  const where = standing(readings);
  const isElsewhere = where.kind === 'settled' && where.primary !== target;
  return isElsewhere && now - (record.sentAt ?? 0) >= VISIBLE_MS ? { ...record, phase: 'new' } : record;
};

const parkedWhileUpdating = (record: KeyRecord): KeyRecord =>
  record.phase === 'sent' ? { ...record, phase: 'parked', obstacle: 'STILL_UPDATING' } : record;

/** Settled keys are proven as soon as they are the half of those under way, so that few rounds prove them all. */
const answer = (batch: Batch, leaving: boolean, input: StepInput): StepAnswer => {
  const count = (phase: KeyRecord['phase']) => batch.records.filter((record) => record.phase === phase).length;
  const provable = count('moved') + count('parked');
  const underWay = count('sent');
  if (provable > 0 && (provable >= underWay || leaving)) return { next: 'verify', waitSeconds: 0 };
  if (isComplete(batch) || (leaving && !isSweep(input.stage))) return { next: 'done', waitSeconds: 0 };
  if (underWay > 0) return { next: 'poll', waitSeconds: input.stage === 'canary' ? AGAIN_FOR_CANARY_SECONDS : AGAIN_SECONDS };
  return { next: 'precheck', waitSeconds: 1 };
};
