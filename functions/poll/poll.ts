import { type Batch, isOverdue, isSweep, withCrypto } from '../../core/batch/batch.ts';
import { isWorthProving, nextAfterLook } from '../../core/batch/next.ts';
import type { KeyRecord } from '../../core/batch/record.ts';
import type { StepAnswer, StepInput } from '../../core/batch/step.ts';
import { type Readings, standing } from '../../core/key/agree.ts';
import { isAt, isSurelyAt, type Sight, sighted, toAsk, UNSEEN } from '../../core/key/sight.ts';
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

/** From one look to the next: far enough for it to be another read, near enough to cost little. */
const NEXT_LOOK_MS = 500;
/** The whole fleet waits for a canary's first proof, and its keys are few. */
const NEXT_LOOK_AT_CANARY_MS = 250;
/** Where somebody waits for the batch, it is looked at for so long in one step. */
const HURRIED_WATCH_MS = 7_000;
/** A canary is looked at from the moment of its last call on, and until all but the slowest keys have settled. */
const CANARY_WATCH_MS = 10_000;
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
  const looking = lookedAt(runtime, loaded.batch, watchOf(loaded.batch, isLast));
  const [{ records }, crypto] = await Promise.all([looking, useKeysWhile(runtime, run, moving, looking)]);
  const overdue = isOverdue(loaded.batch, runtime.clock.now());
  const parked = overdue && isSweep(input.stage) ? records.map(parkedWhileUpdating) : records;
  const { batch } = await saveBatch(runtime, input.runId, loaded, { ...withCrypto(loaded.batch, crypto), records: parked });
  return nextAfterLook(batch, { stage: input.stage, isLast, now: runtime.clock.now() });
};

/** How long, and how often, one step looks at a batch. */
interface Watch {
  readonly forMs: number;
  readonly everyMs: number;
}

const watchOf = ({ stage }: Batch, isLast: boolean): Watch => {
  if (stage === 'canary') return { forMs: CANARY_WATCH_MS, everyMs: NEXT_LOOK_AT_CANARY_MS };
  return { forMs: isLast ? HURRIED_WATCH_MS : 0, everyMs: NEXT_LOOK_MS };
};

/**
 * Looks until enough keys have settled for a round of proofs, and no longer than the watch goes on: another round of the chain takes
 * longer. Keys that the last look finds in the target are looked at once more.
 */
const lookedAt = async (runtime: Runtime, batch: Batch, watch: Watch): Promise<Batch> => {
  const endsAt = runtime.clock.now() + watch.forMs;
  let keys = batch.records.map((record): Watched => ({ record, sight: UNSEEN }));
  for (let isLast = false, isFirst = true; !isLast; isFirst = false) {
    const nextAt = runtime.clock.now() + watch.everyMs;
    keys = await Promise.all(keys.map((key) => lookedAgain(runtime, key, batch.target)));
    isLast = Math.max(nextAt, runtime.clock.now()) > endsAt;
    const seen = { ...batch, records: keys.map(({ record }) => record) };
    // One look moves no key: what there is to prove after it was there before, and was not proven.
    if (!isFirst && isWorthProving(seen)) return seen;
    if (!keys.some((key) => (isLast ? isNearly(key, batch.target) : isUnderWay(key)))) return seen;
    await runtime.clock.sleep(nextAt - runtime.clock.now());
  }
  const confirmed = keys.map((key) => (isNearly(key, batch.target) ? lookedAgain(runtime, key, batch.target) : key));
  return { ...batch, records: (await Promise.all(confirmed)).map(({ record }) => record) };
};

/** A key of the batch, and what was seen of it. */
interface Watched {
  readonly record: KeyRecord;
  readonly sight: Sight;
}

const isUnderWay = ({ record }: Watched): boolean => record.phase === 'sent';

/** Found in the target, and one look short of being sure. */
const isNearly = (key: Watched, target: Region): boolean => isUnderWay(key) && isAt(key.sight, target);

const lookedAgain = async (runtime: Runtime, key: Watched, target: Region): Promise<Watched> => {
  if (!isUnderWay(key)) return key;
  // A Region that takes seconds to answer is sick enough to be left out: the others know where the primary is.
  const look = await observe(hurried(runtime, LOOK_MS_MAX), key.record, toAsk(key.sight, key.record.regions));
  const sight = sighted(key.sight, look, target);
  const record = isSurelyAt(sight, target)
    ? { ...key.record, phase: 'moved' as const, primary: target }
    : afterLook(key.record, sight.readings, target, runtime.clock.now());
  return { record, sight };
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
