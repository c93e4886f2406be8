import { type Batch, isComplete, isOverdue, isSweep } from '../../core/batch/batch.ts';
import { canaryHasBegun, canarySpeaksAt } from '../../core/batch/canary.ts';
import { nextWithoutWindow } from '../../core/batch/next.ts';
import { concluded, type KeyRecord } from '../../core/batch/record.ts';
import type { StepAnswer, StepInput } from '../../core/batch/step.ts';
import { type Lane, pauseBefore, reserve, type Window } from '../../core/coordination/lane.ts';
import { WAIT_SECONDS_MAX } from '../../core/limits.ts';
import { because } from '../../core/outcome/outcome.ts';
import type { ReasonOf } from '../../core/outcome/reasons.ts';
import type { Region } from '../../core/region.ts';
import { hurried } from '../frame/hurried.ts';
import { changeItem } from '../frame/item.ts';
import { observe } from '../frame/keys/observe.ts';
import { rotationOf } from '../frame/keys/rotation.ts';
import { loadBatch, saveBatch } from '../frame/run/batches.ts';
import { fencedBy } from '../frame/run/fence.ts';
import { keepHold } from '../frame/run/hold.ts';
import { loadRun, type RunFile } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { assess } from './assess.ts';
import { darkRegions, shareDarkness } from './darkness.ts';
import { withMaterial } from './material.ts';

/** The Wait ends this long before the first slot; promote waits the rest with its own clock. */
const WAKE_BEFORE_MS = 2_000;
/** In a run's first minute promote may have to start cold, which takes up to two seconds, after a Wait up to one second late. */
const WAKE_BEFORE_WHEN_COLD_MS = 4_000;
const YOUNG_RUN_MS = 60_000;
/** How long a Region is waited for: long enough for one that is degraded, too short for two timeouts in a row. */
const LOOK_MS_MAX = 9_000;
/** How often, and how many times, a batch asks whether the canary has reserved its slots. */
const CANARY_LOOK_EVERY_MS = 400;
const CANARY_LOOKS_MAX = 15;
/** KMS may carry a call out so long after it was sent: a minute after the client gave up on it. */
const LATE_CALL_MS = 80_000;

/**
 * Looks at every key of the batch that has not been called for, in every Region of it, and decides which may be promoted.
 * For those it makes the proof's material and reserves one window of slots. May be repeated at any time.
 */
export const precheck = async (input: StepInput, unfenced: Runtime): Promise<StepAnswer> => {
  const run = await loadRun(unfenced, input.runId);
  const runtime = fencedBy(unfenced, run);
  const loaded = await loadBatch(runtime, input.runId, input.batch);
  if (isComplete(loaded.batch)) return { next: 'done', waitSeconds: 0 };

  const opened = openedFor(loaded.batch, input, runtime.clock.now());
  const hold = await keepHold(runtime, run, opened.stage);
  if (hold.kind === 'lost') return { next: 'done', waitSeconds: 0 };
  const pauseMs = hold.kind === 'held' ? await pauseOf(runtime, run, opened) : 0;
  if (pauseMs > 0) {
    if (loaded.batch.opened?.stage !== input.stage) await saveBatch(runtime, input.runId, loaded, opened);
    return { next: 'precheck', waitSeconds: Math.min(WAIT_SECONDS_MAX, Math.ceil(pauseMs / 1000)) };
  }
  const looked = await lookedAt(runtime, run, opened);
  const overdue = isOverdue(opened, runtime.clock.now());
  const records = await Promise.all(
    looked.map((record) => {
      if (hold.kind === 'halt') return halted(record, hold.reason, runtime.clock.now());
      if (overdue) return isSweep(input.stage) ? givenUp(record) : record;
      return record.phase === 'ready' && run.fleet.proof !== 'none' ? withMaterial(runtime, record) : record;
    }),
  );
  const window = overdue || hold.kind === 'halt' ? undefined : await reserved(runtime, run, opened, records);
  const { batch } = await saveBatch(runtime, input.runId, loaded, { ...opened, records, ...(window === undefined ? {} : { window }) });
  const now = runtime.clock.now();
  return window === undefined
    ? nextWithoutWindow(batch, input.stage, now)
    : { next: 'promote', waitSeconds: waitSeconds(run, window, now) };
};

/** How long the batch leaves the account's lane alone, if it is time for it to call at all. */
const pauseOf = async (runtime: Runtime, run: RunFile, batch: Batch): Promise<number> => {
  const now = runtime.clock.now();
  const uncalled = batch.records.filter(isUncalled).length;
  const underWay = batch.records.filter(({ phase }) => phase === 'sent').length;
  if (isOverdue(batch, now) || uncalled === 0 || uncalled < underWay) return 0;
  const lane = await runtime.table.read<Lane>('lane', batch.account);
  const { ratePerSecond, priority } = run.fleet;
  return pauseBefore(lane?.value, { regions: [batch.target], ratePerSecond, priority, now });
};

const openedFor = (batch: Batch, input: StepInput, now: number): Batch =>
  batch.opened?.stage === input.stage ? batch : { ...batch, opened: { stage: input.stage, at: now } };

/** No call that may have taken effect is out for it. */
const isUncalled = (record: KeyRecord): boolean => record.phase === 'new' || record.phase === 'ready';

/** What becomes of a key when the run may attempt nothing more: one whose call may still be carried out is looked at until it cannot. */
const halted = (record: KeyRecord, reason: ReasonOf<'halted'>, now: number): KeyRecord => {
  if (!isUncalled(record)) return record;
  const mayComeLate = record.sentAt !== undefined && now - record.sentAt < LATE_CALL_MS;
  return mayComeLate ? { ...record, phase: 'sent' } : concluded(record, because(reason));
};

/** At the end of a sweep: what could not be brought to an outcome is parked with what stood in its way. */
const givenUp = (record: KeyRecord): KeyRecord => {
  if (record.phase === 'done' || record.phase === 'moved' || record.phase === 'parked') return record;
  return {
    ...record,
    phase: 'parked',
    obstacle: record.phase === 'sent' ? 'STILL_UPDATING' : (record.obstacle ?? (record.attempts > 0 ? 'UNREADABLE' : 'OUT_OF_TIME')),
  };
};

const lookedAt = async (runtime: Runtime, run: RunFile, batch: Batch): Promise<readonly KeyRecord[]> => {
  const home: readonly Region[] = [run.fleet.home, ...run.fleet.standbys];
  const spared = await darkRegions(runtime, batch.account, home);
  const looks = await Promise.all(
    batch.records.filter(isUncalled).map(async (record) => {
      const regions = [...new Set([...home, ...record.regions])];
      const readings = await observe(hurried(runtime, LOOK_MS_MAX), record, regions, spared);
      // Asked only where there is time to wait for a rotation's end: in a failover there is none.
      const rotationRunning = run.request.operation === 'failover' ? 'not-asked' : await rotationOf(runtime, record, readings);
      return { record, readings, rotationRunning };
    }),
  );
  const darkness = await shareDarkness(
    runtime,
    batch.account,
    looks.map(({ readings }) => readings),
    spared,
    run.fleet.patienceSeconds * 1_000,
  );
  const now = runtime.clock.now();
  const assessed = new Map(
    looks.map((look) => [look.record.keyId, assess({ ...look, run, target: batch.target, ...darkness, now })] as const),
  );
  return batch.records.map((record) => assessed.get(record.keyId) ?? record);
};

/** Takes the next free slots for the keys that are ready, unless the lane is booked out for longer than a Wait may last. */
const reserved = async (runtime: Runtime, run: RunFile, batch: Batch, records: readonly KeyRecord[]): Promise<Window | undefined> => {
  const ready = records.filter((record) => record.phase === 'ready');
  if (ready.length === 0) return undefined;
  const notBefore = await canaryTime(runtime, run, batch);
  const regions = [...new Set([batch.target, ...ready.flatMap((record) => record.primary ?? [])])];
  const now = runtime.clock.now();
  const { ratePerSecond, priority } = run.fleet;
  const ask = {
    id: `${batch.number}-${now}`,
    regions,
    count: ready.length,
    ratePerSecond,
    priority,
    now,
    notBefore,
    isHurried: batch.stage === 'canary',
  };
  return changeItem<Lane, Window | undefined>(runtime, 'lane', batch.account, (lane) => {
    const taken = reserve(lane, ask);
    return taken.window.firstSlotAt - now > WAIT_SECONDS_MAX * 1000 ? { answer: undefined } : { store: taken.lane, answer: taken.window };
  });
};

/**
 * When the account's canary will have spoken. Its slots come first, so a batch that is faster than the canary waits until that has
 * reserved them, though not for long: a canary that dies holds nobody up here, and promote asks it again.
 */
const canaryTime = async (runtime: Runtime, run: RunFile, { canary }: Batch): Promise<number> => {
  for (let look = 0; canary !== undefined && look < CANARY_LOOKS_MAX; look += 1) {
    const { batch } = await loadBatch(runtime, run.runId, canary);
    if (canaryHasBegun(batch)) return canarySpeaksAt(batch);
    await runtime.clock.sleep(CANARY_LOOK_EVERY_MS);
  }
  return 0;
};

/** How long the chain waits for a window: it wakes promote so early that a function that starts cold is in time as well. */
const waitSeconds = (run: RunFile, window: Window, now: number): number => {
  const wakeBeforeMs = now - run.startedAt < YOUNG_RUN_MS ? WAKE_BEFORE_WHEN_COLD_MS : WAKE_BEFORE_MS;
  return Math.max(0, Math.floor((window.firstSlotAt - now - wakeBeforeMs) / 1000));
};
