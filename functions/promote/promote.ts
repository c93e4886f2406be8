import { type Batch, isOverdue, isSweep, withCrypto } from '../../core/batch/batch.ts';
import { canaryHasSpoken } from '../../core/batch/canary.ts';
import { STRAGGLING_MS } from '../../core/batch/next.ts';
import type { KeyRecord } from '../../core/batch/record.ts';
import type { StepAnswer, StepInput } from '../../core/batch/step.ts';
import { type Lane, laneRate, slowDown, type Window } from '../../core/coordination/lane.ts';
import { SKEW_MS } from '../../core/coordination/lease.ts';
import type { KmsFailure } from '../../core/key/failure.ts';
import { PROMOTE_CALL_MS_MAX } from '../../core/limits.ts';
import type { Accepted } from '../../core/ports/kms.ts';
import { replaceItem } from '../frame/item.ts';
import { loadBatch, saveBatch } from '../frame/run/batches.ts';
import { useKeysWhile } from '../frame/run/drill-probe.ts';
import { fencedBy } from '../frame/run/fence.ts';
import { lookAtHold } from '../frame/run/hold.ts';
import { isLastInLane } from '../frame/run/last-in-lane.ts';
import { loadRun, type RunFile } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { afterReply } from './reply.ts';

/**
 * While other batches use the lane, nothing is gained by looking before all but a few keys have settled, which then takes one look.
 * https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-update.html ("a few more seconds")
 */
const FIRST_POLL_SECONDS = STRAGGLING_MS / 1000;
/** The run ends with the last batch and with the sweep, so their keys are looked at as soon as half of them settle. */
const FIRST_POLL_OF_LAST_SECONDS = 6;
/** The fleet waits for the canary, which is few keys, and poll looks several times. */
const FIRST_POLL_OF_CANARY_SECONDS = 0;
/** Nothing was called: poll finds that out and sends the batch round again. */
const NOTHING_CALLED: StepAnswer = { next: 'poll', waitSeconds: 1 };
/** How often the lease, the stop, the breaker and the lane's rate are read again. */
const LOOK_EVERY_MS = 1_000;
/**
 * The look falls shortly before a slot, so that it costs none, and a stop is seen within a second also where the slots are seconds apart.
 */
const LOOK_AHEAD_MS = 150;
/** After a throttle nothing is called for so long: the quota's second fills up again, for whoever else uses it too. */
const PAUSE_MS = 1_000;
/** The next throttle so soon after one says that the pause was too short: the next is twice as long. */
const SOON_MS = 5_000;
/** So many calls in a row without an answer end the window: the Region has gone dark. */
const SILENT_IN_A_ROW_MAX = 5;

/**
 * Claims the window that precheck reserved, once, and sends each call at its absolute slot, whatever became of the earlier ones.
 * It reports per key what KMS answered and nothing more: what is true is read by poll.
 */
export const promote = async (input: StepInput, unfenced: Runtime): Promise<StepAnswer> => {
  const run = await loadRun(unfenced, input.runId);
  const runtime = fencedBy(unfenced, run);
  const loaded = await loadBatch(runtime, input.runId, input.batch);
  const { batch } = loaded;
  const window = batch.window;
  if (window === undefined || isOverdue(batch, runtime.clock.now())) return NOTHING_CALLED;
  // A second claimant sends nothing; it leaves the first the time that its calls take.
  if (!(await claimed(runtime, input, window))) return { next: 'poll', waitSeconds: FIRST_POLL_SECONDS };

  // Written down before the first call: should this function die, nobody takes a key that it called for as one never called for.
  const announced = await saveBatch(runtime, input.runId, loaded, { ...batch, records: announcedCalls(batch, window) });
  const sending = sendAll(runtime, run, batch, window);
  const [changed, crypto] = await Promise.all([sending, useKeysWhile(runtime, run, calledIn(batch, window), sending)]);
  await saveBatch(runtime, input.runId, announced, { ...withCrypto(batch, crypto), records: changed });
  return changed.some((record) => record.phase === 'sent')
    ? { next: 'poll', waitSeconds: await settlingSeconds(runtime, batch) }
    : NOTHING_CALLED;
};

/** When the first look at the called keys is worth it. */
const settlingSeconds = async (runtime: Runtime, batch: Batch): Promise<number> => {
  if (batch.stage === 'canary') return FIRST_POLL_OF_CANARY_SECONDS;
  return isSweep(batch.stage) || (await isLastInLane(runtime, batch)) ? FIRST_POLL_OF_LAST_SECONDS : FIRST_POLL_SECONDS;
};

/** One promote alone may use a window: the item is written if it is absent. A second claimant sends nothing. */
const claimed = (runtime: Runtime, input: StepInput, window: Window): Promise<boolean> =>
  runtime.table.write('window', `${input.runId}/${window.id}`, { batch: input.batch, claimedAt: runtime.clock.now() }, 0);

/** The keys that the window is for: as many as it has slots. */
const calledIn = (batch: Batch, window: Window): readonly KeyRecord[] =>
  batch.records.filter((record) => record.phase === 'ready').slice(0, window.count);

/** The records as if every call of the window were out, each at its slot. */
const announcedCalls = (batch: Batch, window: Window): readonly KeyRecord[] => {
  const slots = new Map(
    calledIn(batch, window).map((record, slot) => [record.keyId, Math.round(window.firstSlotAt + slot * window.spacingMs)]),
  );
  return batch.records.map((record) => {
    const sentAt = slots.get(record.keyId);
    return sentAt === undefined ? record : { ...record, phase: 'sent', attempts: record.attempts + 1, sentAt };
  });
};

/** So much is no slower: a rate and its spacing are not each other's inverse to the last digit. */
const ROUNDING = 1e-6;

/** What the last look at the table allows. */
interface Leave {
  readonly mayCall: boolean;
  readonly leaseEndsAt: number;
  /** The share of the window's slots that may be used: 1, or less after the lane was slowed. */
  readonly share: number;
  /** Whether the account's canary has told what it can. */
  readonly canaryHasSpoken: boolean;
}

const sendAll = async (runtime: Runtime, run: RunFile, batch: Batch, window: Window): Promise<readonly KeyRecord[]> => {
  const after = new Map<string, KeyRecord>();
  const waiting = calledIn(batch, window);
  const underWay: Promise<void>[] = [];
  let silentInARow = 0;
  let pausedUntil = 0;
  let leave = await look(runtime, run, batch, window);
  /** Grows by the share with each slot, and a call takes one; the first slot is used in any case. */
  let credit = 1;
  let lookedAt = runtime.clock.now();

  for (let slot = 0, next = 0; slot < window.count && next < waiting.length; slot += 1) {
    const slotAt = window.firstSlotAt + slot * window.spacingMs;
    // A slot that has passed is dropped, not caught up: its place in the quota's second may be somebody else's by now.
    if (runtime.clock.now() > slotAt + window.spacingMs / 2) continue;
    await runtime.clock.sleep(slotAt - LOOK_AHEAD_MS - runtime.clock.now());
    if (runtime.clock.now() - lookedAt >= LOOK_EVERY_MS) {
      leave = await look(runtime, run, batch, window, leave);
      lookedAt = runtime.clock.now();
    }
    await runtime.clock.sleep(slotAt - runtime.clock.now());
    if (!mayCallAt(leave, runtime.clock.now()) || silentInARow >= SILENT_IN_A_ROW_MAX) break;
    const record = waiting[next];
    if (!leave.canaryHasSpoken || slotAt < pausedUntil || record?.primary === undefined) continue;
    const isUsed = credit >= 1;
    credit += leave.share - (isUsed ? 1 : 0);
    if (!isUsed) continue;
    next += 1;
    const sentAt = runtime.clock.now();
    const triedPerSecond = (leave.share * 1000) / window.spacingMs;
    const call = runtime.kms.promote({ account: record.account, keyId: record.keyId, region: record.primary }, batch.target);
    underWay.push(
      call.then(async (reply) => {
        silentInARow = reply.kind === 'failure' && reply.code === 'unreachable' ? silentInARow + 1 : 0;
        if (reply.kind === 'failure' && reply.code === 'throttled') pausedUntil = pauseAfter(pausedUntil, runtime.clock.now());
        after.set(record.keyId, afterReply(record, reply, { sentAt, answeredAt: runtime.clock.now(), target: batch.target }));
        await slowLaneOnThrottle(runtime, run, batch, reply, triedPerSecond);
      }),
    );
  }
  await Promise.all(underWay);
  return batch.records.map((record) => after.get(record.keyId) ?? record);
};

/** Until when nothing is called after a throttle: the calls that were on the wire with the first one lengthen nothing. */
const pauseAfter = (pausedUntil: number, now: number): number => {
  if (now < pausedUntil) return pausedUntil;
  return now + (now - pausedUntil < SOON_MS ? 2 : 1) * PAUSE_MS;
};

/** A call is sent only while its answer, or its timeout, falls well within the lease. */
const mayCallAt = (leave: Leave, now: number): boolean => leave.mayCall && now + PROMOTE_CALL_MS_MAX + SKEW_MS < leave.leaseEndsAt;

/** Without an answer of the table nothing more is called, and what is known so far is kept. */
const NO_LEAVE: Leave = { mayCall: false, leaseEndsAt: 0, share: 0, canaryHasSpoken: false };

const look = async (runtime: Runtime, run: RunFile, batch: Batch, window: Window, before?: Leave): Promise<Leave> => {
  try {
    return await leaveNow(runtime, run, batch, window, before);
  } catch (error) {
    runtime.log('promote stops calling: the table did not answer', { run: run.runId, batch: batch.number, error: String(error) });
    return NO_LEAVE;
  }
};

const leaveNow = async (runtime: Runtime, run: RunFile, batch: Batch, window: Window, before: Leave | undefined): Promise<Leave> => {
  const [hold, lane, spoken] = await Promise.all([
    lookAtHold(runtime, run, batch.stage),
    runtime.table.read<Lane>('lane', batch.account),
    before?.canaryHasSpoken === true || hasCanarySpoken(runtime, run, batch),
  ]);
  const rate = laneRate(lane?.value, run.fleet.ratePerSecond, runtime.clock.now());
  return {
    mayCall: hold.kind === 'held',
    leaseEndsAt: hold.kind === 'held' ? hold.expiresAt : 0,
    share: Math.min(1, (rate * window.spacingMs) / 1000 + ROUNDING),
    canaryHasSpoken: spoken,
  };
};

const hasCanarySpoken = async (runtime: Runtime, run: RunFile, batch: Batch): Promise<boolean> => {
  if (batch.canary === undefined) return true;
  const now = runtime.clock.now();
  const { batch: canary } = await loadBatch(runtime, run.runId, batch.canary);
  return canaryHasSpoken(canary, batch.opened?.at ?? now, now);
};

const slowLaneOnThrottle = async (
  runtime: Runtime,
  run: RunFile,
  batch: Batch,
  reply: Accepted | KmsFailure,
  triedPerSecond: number,
): Promise<void> => {
  if (reply.kind !== 'failure' || reply.code !== 'throttled') return;
  runtime.measure({ fleet: run.fleetName, figures: { CallsThrottled: 1 } });
  try {
    await replaceItem<Lane>(runtime, 'lane', batch.account, (lane) => slowDown(lane, triedPerSecond, runtime.clock.now()));
  } catch (error) {
    // The next throttle slows it; losing what the other calls of the window told would be worse.
    runtime.log('the lane could not be slowed', { run: run.runId, account: batch.account, error: String(error) });
  }
};
