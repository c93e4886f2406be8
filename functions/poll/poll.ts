import { type Batch, isOverdue, isSweep, withCrypto } from '../../core/batch/batch.ts';
import { isWorthProving, nextAfterLook } from '../../core/batch/next.ts';
import type { KeyRecord } from '../../core/batch/record.ts';
import type { StepAnswer, StepInput } from '../../core/batch/step.ts';
import { type Readings, standing } from '../../core/key/agree.ts';
import type { Region } from '../../core/region.ts';
import { hurried } from '../frame/hurried.ts';
import { observe } from '../frame/keys/observe.ts';
import { loadBatch, saveBatch } from '../frame/run/batches.ts';
import { useKeysWhile } from '../frame/run/drill-probe.ts';
import { fencedBy } from '../frame/run/fence.ts';
import { keepHold } from '../frame/run/hold.ts';
import { isLastInLane } from '../frame/run/last-in-lane.ts';
import { loadRun } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';

/** Between the two reads that must agree: far enough for the second to be another read, near enough to cost little. */
const SECOND_LOOK_MS = 500;
/** Where somebody waits for the batch, it is looked at several times in one step. */
const LOOKS_IN_A_HURRY = 7;
/** A canary is looked at from the moment of its last call on, and until all but the slowest keys have settled. */
const LOOKS_AT_CANARY = 14;
const NEXT_LOOK_MS = 500;
/** How long one look waits for a Region. */
const LOOK_MS_MAX = 3_000;
/** A call whose effect no Region shows after so long did not take effect yet, or never will: the key is looked at anew. */
const VISIBLE_MS = 20_000;
/** The same where KMS said that it failed inside: reads are a few seconds old at most, and no call is on its way. */
const VISIBLE_AFTER_FAILURE_MS = 8_000;

/**
 * Reads the truth about the keys that were called for. Moved means: every Region that answers agrees, in two reads in a row,
 * and none is in transition.
 */
export const poll = async (input: StepInput, unfenced: Runtime): Promise<StepAnswer> => {
  const run = await loadRun(unfenced, input.runId);
  const runtime = fencedBy(unfenced, run);
  const loaded = await loadBatch(runtime, input.runId, input.batch);
  const hold = await keepHold(runtime, run, loaded.batch.stage);
  if (hold.kind === 'lost') return { next: 'done', waitSeconds: 0 };

  const moving = loaded.batch.records.filter((record) => record.phase === 'sent');
  const isLast = await isLastInLane(runtime, loaded.batch);
  const looking = lookedAt(runtime, loaded.batch, looksAt(loaded.batch, isLast));
  const [{ records }, crypto] = await Promise.all([looking, useKeysWhile(runtime, run, moving, looking)]);
  const overdue = isOverdue(loaded.batch, runtime.clock.now());
  const parked = overdue && isSweep(input.stage) ? records.map(parkedWhileUpdating) : records;
  const { batch } = await saveBatch(runtime, input.runId, loaded, { ...withCrypto(loaded.batch, crypto), records: parked });
  return nextAfterLook(batch, { stage: input.stage, isLast, now: runtime.clock.now() });
};

const looksAt = ({ stage }: Batch, isLast: boolean): number => {
  if (stage === 'canary') return LOOKS_AT_CANARY;
  return isLast ? LOOKS_IN_A_HURRY : 1;
};

/** Looks until enough keys have settled for a round of proofs, so many times at most: another round of the chain takes longer. */
const lookedAt = async (runtime: Runtime, batch: Batch, looks: number): Promise<Batch> => {
  const records = await Promise.all(
    batch.records.map((record) => (record.phase === 'sent' ? polled(runtime, record, batch.target) : record)),
  );
  const seen: Batch = { ...batch, records };
  if (looks <= 1 || isWorthProving(seen) || !records.some(({ phase }) => phase === 'sent')) return seen;
  await runtime.clock.sleep(NEXT_LOOK_MS);
  return lookedAt(runtime, seen, looks - 1);
};

const polled = async (runtime: Runtime, record: KeyRecord, target: Region): Promise<KeyRecord> => {
  const first = await look(runtime, record);
  if (!isAt(first, target)) return afterLook(record, first, target, runtime.clock.now());
  await runtime.clock.sleep(SECOND_LOOK_MS);
  const second = await look(runtime, record);
  return isAt(second, target) ? { ...record, phase: 'moved', primary: target } : afterLook(record, second, target, runtime.clock.now());
};

/** A Region that takes seconds to answer is sick enough to be left out: the others know where the primary is. */
const look = (runtime: Runtime, record: KeyRecord): Promise<Readings> => observe(hurried(runtime, LOOK_MS_MAX), record, record.regions);

/** Moved by every Region that answers, and the target itself is one of them. */
const isAt = (readings: Readings, target: Region): boolean => {
  const where = standing(readings);
  return where.kind === 'settled' && where.primary === target && readings.get(target)?.kind === 'seen';
};

/** Settled, and not where the call would have put it, be it that somebody else moved it meanwhile. */
const afterLook = (record: KeyRecord, readings: Readings, target: Region, now: number): KeyRecord => {
  const where = standing(readings);
  const isElsewhere = where.kind === 'settled' && where.primary !== target;
  const visibleMs = record.obstacle === 'KMS_INTERNAL' ? VISIBLE_AFTER_FAILURE_MS : VISIBLE_MS;
  return isElsewhere && now - (record.sentAt ?? 0) >= visibleMs ? { ...record, phase: 'new' } : record;
};

const parkedWhileUpdating = (record: KeyRecord): KeyRecord =>
  record.phase === 'sent' ? { ...record, phase: 'parked', obstacle: 'STILL_UPDATING' } : record;
