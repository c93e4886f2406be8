import { type Batch, isComplete, isOverdue, isSweep } from '../../core/batch/batch.ts';
import { concluded, type KeyRecord } from '../../core/batch/record.ts';
import type { StepAnswer, StepInput } from '../../core/batch/step.ts';
import { type Lane, reserve, type Window } from '../../core/coordination/lane.ts';
import type { Readings } from '../../core/key/agree.ts';
import { WAIT_SECONDS_MAX } from '../../core/limits.ts';
import { because } from '../../core/outcome/outcome.ts';
import type { ReasonOf } from '../../core/outcome/reasons.ts';
import type { Region } from '../../core/region.ts';
import { loadBatch, saveBatch } from '../frame/batches.ts';
import { keepHold } from '../frame/hold.ts';
import { changeItem } from '../frame/item.ts';
import { observe } from '../frame/observe.ts';
import { loadRun, type RunFile } from '../frame/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { assess } from './assess.ts';
import { darkRegions, shareDarkness } from './darkness.ts';
import { withMaterial } from './material.ts';
import type { Observation } from './observation.ts';

/** The Wait ends this long before the first slot; promote waits the rest with its own clock. */
const WAKE_BEFORE_MS = 2_000;
/** How long a batch with nothing to do at present leaves KMS alone. */
const LOOK_AGAIN_SECONDS = 10;
const SETTLING_SECONDS = 3;
/** KMS may carry a call out so long after it was sent: a minute after the client gave up on it. */
const LATE_CALL_MS = 80_000;

/**
 * Looks at every key of the batch that has not been called for, in every Region of it, and decides which may be promoted.
 * For those it makes the proof's material and reserves one window of slots. May be repeated at any time.
 */
export const precheck = async (input: StepInput, runtime: Runtime): Promise<StepAnswer> => {
  const run = await loadRun(runtime, input.runId);
  const loaded = await loadBatch(runtime, input.runId, input.batch);
  if (isComplete(loaded.batch)) return { next: 'done', waitSeconds: 0 };

  const opened = openedFor(loaded.batch, input, runtime.clock.now());
  const hold = await keepHold(runtime, run, opened.stage);
  const looked = await lookedAt(runtime, run, opened);
  const overdue = isOverdue(opened, runtime.clock.now());
  const records = await Promise.all(
    looked.map((record) => {
      if (hold.kind === 'halt') return halted(record, hold.reason, runtime.clock.now());
      if (overdue) return isSweep(input.stage) ? givenUp(record) : record;
      return record.phase === 'ready' && run.fleet.proof !== 'none' ? withMaterial(runtime, record) : record;
    }),
  );
  const window = overdue || hold.kind === 'halt' ? undefined : await reserved(runtime, run, opened, records, input);
  const { batch } = await saveBatch(runtime, input.runId, loaded, { ...opened, records, ...(window === undefined ? {} : { window }) });
  return overdue && !isSweep(input.stage) ? { next: 'done', waitSeconds: 0 } : answer(batch, window, input, runtime.clock.now());
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
      const readings = await observe(runtime, record, regions, spared);
      return { record, readings, rotationRunning: await rotationOf(runtime, run, record, readings) };
    }),
  );
  const darkness = await shareDarkness(
    runtime,
    batch.account,
    looks.map(({ readings }) => readings),
    spared,
  );
  const now = runtime.clock.now();
  const assessed = new Map(
    looks.map((look) => [look.record.keyId, assess({ ...look, run, target: batch.target, ...darkness, now })] as const),
  );
  return batch.records.map((record) => assessed.get(record.keyId) ?? record);
};

/** Asked only where there is time to wait for a rotation's end: in a failover there is none. */
const rotationOf = async (
  runtime: Runtime,
  run: RunFile,
  record: KeyRecord,
  readings: Readings,
): Promise<Observation['rotationRunning']> => {
  if (run.request.operation === 'failover') return 'not-asked';
  const primary = [...readings.values()].find((reading) => reading.kind === 'seen' && reading.role === 'PRIMARY');
  if (primary?.kind !== 'seen' || primary.spec !== 'SYMMETRIC_DEFAULT' || primary.state !== 'Enabled') return 'not-asked';
  const status = await runtime.kms.rotation({ account: record.account, keyId: record.keyId, region: primary.region });
  return status.kind === 'rotation' ? status.running : status;
};

/** Takes the next free slots for the keys that are ready, unless the lane is booked out for longer than a Wait may last. */
const reserved = async (
  runtime: Runtime,
  run: RunFile,
  batch: Batch,
  records: readonly KeyRecord[],
  input: StepInput,
): Promise<Window | undefined> => {
  const ready = records.filter((record) => record.phase === 'ready');
  if (ready.length === 0) return undefined;
  const regions = [...new Set([batch.target, ...ready.flatMap((record) => record.primary ?? [])])];
  const now = runtime.clock.now();
  const ask = { id: `${input.batch}-${now}`, regions, count: ready.length, ratePerSecond: run.fleet.ratePerSecond, now };
  return changeItem<Lane, Window | undefined>(runtime, 'lane', batch.account, (lane) => {
    const taken = reserve(lane, ask);
    return taken.window.firstSlotAt - now > WAIT_SECONDS_MAX * 1000 ? { answer: undefined } : { store: taken.lane, answer: taken.window };
  });
};

const answer = (batch: Batch, window: Window | undefined, input: StepInput, now: number): StepAnswer => {
  const has = (phase: KeyRecord['phase']) => batch.records.some((record) => record.phase === phase);
  if (window !== undefined)
    return { next: 'promote', waitSeconds: Math.max(0, Math.floor((window.firstSlotAt - now - WAKE_BEFORE_MS) / 1000)) };
  if (has('moved') || has('parked')) return { next: 'verify', waitSeconds: 0 };
  if (has('sent')) return { next: 'poll', waitSeconds: SETTLING_SECONDS };
  // A canary with nothing but obstacles has told what it can: the fleet does not wait for it.
  if (isComplete(batch) || input.stage === 'canary') return { next: 'done', waitSeconds: 0 };
  return { next: 'precheck', waitSeconds: LOOK_AGAIN_SECONDS };
};
