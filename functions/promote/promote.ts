import { type Batch, isOverdue } from '../../core/batch/batch.ts';
import type { KeyRecord } from '../../core/batch/record.ts';
import type { StepAnswer, StepInput } from '../../core/batch/step.ts';
import { type Lane, laneRate, slowDown, type Window } from '../../core/coordination/lane.ts';
import { SKEW_MS } from '../../core/coordination/lease.ts';
import type { KmsFailure } from '../../core/key/failure.ts';
import { PROMOTE_CALL_MS_MAX } from '../../core/limits.ts';
import type { Accepted } from '../../core/ports/kms.ts';
import { loadBatch, saveBatch } from '../frame/batches.ts';
import { lookAtHold } from '../frame/hold.ts';
import { changeItem } from '../frame/item.ts';
import { loadRun, type RunFile } from '../frame/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { afterReply } from './reply.ts';

/** Before this, no key has settled: https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-update.html ("a few more seconds"). */
const FIRST_POLL_SECONDS = 10;
/** The fleet waits for the canary, which is few keys: it is looked at as soon as half of all keys settle. */
const FIRST_POLL_OF_CANARY_SECONDS = 4;
/** How often the lease, the stop, the breaker and the lane's rate are read again. */
const LOOK_EVERY_MS = 1_000;
/** So many calls in a row without an answer end the window: the Region has gone dark. */
const SILENT_IN_A_ROW_MAX = 5;

/**
 * Claims the window that precheck reserved, once, and sends each call at its absolute slot, whatever became of the earlier ones.
 * It reports per key what KMS answered and nothing more: what is true is read by poll.
 */
export const promote = async (input: StepInput, runtime: Runtime): Promise<StepAnswer> => {
  const run = await loadRun(runtime, input.runId);
  const loaded = await loadBatch(runtime, input.runId, input.batch);
  const { batch } = loaded;
  const window = batch.window;
  const lookLater: StepAnswer = { next: 'poll', waitSeconds: input.stage === 'canary' ? FIRST_POLL_OF_CANARY_SECONDS : FIRST_POLL_SECONDS };
  if (window === undefined || isOverdue(batch, runtime.clock.now())) return lookLater;
  if (!(await claimed(runtime, input, window))) return lookLater;

  // Written down before the first call: should this function die, nobody takes a key that it called for as one never called for.
  const announced = await saveBatch(runtime, input.runId, loaded, { ...batch, records: announcedCalls(batch, window) });
  const changed = await sendAll(runtime, run, batch, window);
  await saveBatch(runtime, input.runId, announced, { ...batch, records: changed });
  const sent = changed.some((record) => record.phase === 'sent');
  return sent ? lookLater : { next: 'precheck', waitSeconds: 1 };
};

/** One promote alone may use a window: the item is written if it is absent. A second claimant sends nothing. */
const claimed = (runtime: Runtime, input: StepInput, window: Window): Promise<boolean> =>
  runtime.table.write('window', `${input.runId}/${window.id}`, { batch: input.batch, claimedAt: runtime.clock.now() }, 0);

/** The keys that the window is for: as many as it has slots. */
const calledIn = (batch: Batch, window: Window): readonly KeyRecord[] =>
  batch.records.filter((record) => record.phase === 'ready').slice(0, window.count);

/** The records as if every call of the window were out, each at its slot. */
const announcedCalls = (batch: Batch, window: Window): readonly KeyRecord[] => {
  const slots = new Map(calledIn(batch, window).map((record, slot) => [record.keyId, window.firstSlotAt + slot * window.spacingMs]));
  return batch.records.map((record) => {
    const sentAt = slots.get(record.keyId);
    return sentAt === undefined ? record : { ...record, phase: 'sent', attempts: record.attempts + 1, sentAt };
  });
};

/** What the last look at the table allows. */
interface Leave {
  readonly mayCall: boolean;
  readonly leaseEndsAt: number;
  /** Calls go out at every n-th slot: 1, or more after the lane was slowed. */
  readonly everyNth: number;
}

const sendAll = async (runtime: Runtime, run: RunFile, batch: Batch, window: Window): Promise<readonly KeyRecord[]> => {
  const after = new Map<string, KeyRecord>();
  const waiting = calledIn(batch, window);
  const underWay: Promise<void>[] = [];
  let silentInARow = 0;
  let leave = await look(runtime, run, batch, window);
  let lookedAt = runtime.clock.now();

  for (let slot = 0, next = 0; slot < window.count && next < waiting.length; slot += 1) {
    const slotAt = window.firstSlotAt + slot * window.spacingMs;
    // A slot that has passed is dropped, not caught up: its place in the quota's second may be somebody else's by now.
    if (runtime.clock.now() > slotAt + window.spacingMs / 2) continue;
    if (runtime.clock.now() - lookedAt >= LOOK_EVERY_MS) {
      leave = await look(runtime, run, batch, window);
      lookedAt = runtime.clock.now();
    }
    await runtime.clock.sleep(slotAt - runtime.clock.now());
    if (!mayCallAt(leave, runtime.clock.now()) || silentInARow >= SILENT_IN_A_ROW_MAX) break;
    const record = waiting[next];
    if (slot % leave.everyNth !== 0 || record?.primary === undefined) continue;
    next += 1;
    const sentAt = runtime.clock.now();
    const call = runtime.kms.promote({ account: record.account, keyId: record.keyId, region: record.primary }, batch.target);
    underWay.push(
      call.then(async (reply) => {
        silentInARow = reply.kind === 'failure' && reply.code === 'unreachable' ? silentInARow + 1 : 0;
        after.set(record.keyId, afterReply(record, reply, { sentAt, answeredAt: runtime.clock.now(), target: batch.target }));
        await slowLaneOnThrottle(runtime, run, batch, reply);
      }),
    );
  }
  await Promise.all(underWay);
  return batch.records.map((record) => after.get(record.keyId) ?? record);
};

/** A call is sent only while its answer, or its timeout, falls well within the lease. */
const mayCallAt = (leave: Leave, now: number): boolean => leave.mayCall && now + PROMOTE_CALL_MS_MAX + SKEW_MS < leave.leaseEndsAt;

/** Without an answer of the table nothing more is called, and what is known so far is kept. */
const NO_LEAVE: Leave = { mayCall: false, leaseEndsAt: 0, everyNth: 1 };

const look = async (runtime: Runtime, run: RunFile, batch: Batch, window: Window): Promise<Leave> => {
  try {
    return await leaveNow(runtime, run, batch, window);
  } catch (error) {
    runtime.log('promote stops calling: the table did not answer', { run: run.runId, batch: batch.number, error: String(error) });
    return NO_LEAVE;
  }
};

const leaveNow = async (runtime: Runtime, run: RunFile, batch: Batch, window: Window): Promise<Leave> => {
  const [hold, lane] = await Promise.all([lookAtHold(runtime, run, batch.stage), runtime.table.read<Lane>('lane', batch.account)]);
  const rate = laneRate(lane?.value, run.fleet.ratePerSecond, runtime.clock.now());
  return {
    mayCall: hold.kind === 'held',
    leaseEndsAt: hold.kind === 'held' ? hold.expiresAt : 0,
    everyNth: Math.max(1, Math.ceil(1000 / rate / window.spacingMs - 0.01)),
  };
};

const slowLaneOnThrottle = async (runtime: Runtime, run: RunFile, batch: Batch, reply: Accepted | KmsFailure): Promise<void> => {
  if (reply.kind !== 'failure' || reply.code !== 'throttled') return;
  try {
    await changeItem<Lane, void>(runtime, 'lane', batch.account, (lane) => ({
      store: slowDown(lane, run.fleet.ratePerSecond, runtime.clock.now()),
      answer: undefined,
    }));
  } catch (error) {
    // The next throttle slows it; losing what the other calls of the window told would be worse.
    runtime.log('the lane could not be slowed', { run: run.runId, account: batch.account, error: String(error) });
  }
};
