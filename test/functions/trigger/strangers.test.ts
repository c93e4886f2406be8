import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import { LEASE_MS, type Lease } from '../../../core/coordination/lease.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { LIFECYCLE_EVENTS } from '../../../core/events/lifecycle.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { createBatches } from '../../../functions/frame/run/batches.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import { type Decider, type DecidersOptions, deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { keyRef, SOURCE, TARGET } from '../../support/keys.ts';
import { batchWith, recordWith, requestWith, runWith } from '../../support/runs.ts';
import { promotionSignal } from '../../support/signals.ts';

const request = requestWith();
const id = intentId(request);
const runId = runName(id, 1);

/** A run has promoted key 1, with the calls that are given, and is over. */
const situation = async (options: DecidersOptions = {}, requestIds: readonly string[] = ['r-1'], attempts = requestIds.length) => {
  const world = await deciders(options);
  const { clock, table } = world;
  const record = recordWith({ ...keyRef('1'), attempts, requestIds, sentAt: MORNING - 1_000 });
  const lease: Lease = { holder: runId, operation: 'failover', fence: 1, expiresAt: MORNING + LEASE_MS, released: true };
  const { runtime } = world.first;
  const write = () => createBatches(runtime, runId, [batchWith({ records: [record] })]);
  await clock.run(
    (async () => {
      await createRun(runtime, runWith({ runId, intent: id, request, startedAt: MORNING - 60_000 }));
      await write();
      await table.write<Intent>('intent', id, { ...withRun(opened(request, MORNING), request, runId, MORNING), state: 'closed' }, 0);
      await table.write('lease', 'payments', lease, 0);
    })(),
  );
  const hear = async (event: unknown, decider?: Decider) => {
    const answer = await world.give(event, decider);
    return 'promotion' in answer ? answer.promotion.kind : assert.fail('the event was taken for something else');
  };
  const ticks = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await clock.run(clock.sleep(MINUTE_MS));
      for (const decider of world.all) await world.give(TICK, decider);
    }
  };
  const alarms = () =>
    world.all.flatMap(({ bus }) => bus.events.filter(({ detailType }) => detailType === 'Unordered Promotion').map(({ detail }) => detail));
  const decisions = async () => (await clock.run(table.list<Decision>('decision'))).map(({ value }) => value);
  return { ...world, hear, ticks, alarms, decisions };
};

describe('A promotion on CloudTrail’s record', () => {
  it('that a run of ours sent is only counted, by either of its two records', async () => {
    const { hear, ticks, alarms, decisions } = await situation();

    assert.equal(await hear(promotionSignal('r-1')), 'ours');
    assert.equal(await hear(promotionSignal('r-1', 'kms')), 'ours');
    await ticks(7);
    assert.deepEqual([alarms(), await decisions()], [[], []]);
  });

  it('that moved nothing, or is of an account without a fleet, is only counted', async () => {
    const { hear, ticks, alarms } = await situation();

    assert.equal(await hear(promotionSignal('r-8', 'caller', { errorCode: 'KMSInvalidStateException' })), 'no-move');
    assert.equal(await hear(promotionSignal('r-9', 'caller', { awsRegion: TARGET })), 'no-move');
    assert.equal(await hear(promotionSignal('r-7', 'caller', { recipientAccountId: '999999999999' })), 'not-watched');
    await ticks(7);
    assert.deepEqual(alarms(), []);
  });

  it('that nobody here sent is told once, after some minutes, with who did it', async () => {
    const { hear, ticks, alarms, decisions } = await situation();
    assert.equal(await hear(promotionSignal('r-9', 'kms')), 'pending');
    assert.equal(await hear(promotionSignal('r-9')), 'pending');
    await ticks(4);
    assert.deepEqual(alarms(), []);
    await ticks(3);

    const [alarm, ...others] = alarms();
    assert.deepEqual(others, []);
    assert.deepEqual(LIFECYCLE_EVENTS['Unordered Promotion'].safeParse(alarm).error?.issues, undefined);
    assert.deepEqual(
      [alarm?.from, alarm?.to, alarm?.requestId, alarm?.principal, alarm?.fleet],
      [SOURCE, TARGET, 'r-9', 'arn:aws:sts::111122223333:assumed-role/key-admins/maria', 'payments'],
    );
    assert.deepEqual(
      (await decisions()).map(({ rule, fleet }) => [rule, fleet]),
      [['UNORDERED_PROMOTION', 'payments']],
    );
  });

  it('that comes again later is not told again', async () => {
    const { hear, ticks, alarms } = await situation();
    await hear(promotionSignal('r-9'));
    await ticks(7);
    await hear(promotionSignal('r-9'));
    await ticks(7);

    assert.equal(alarms().length, 1);
  });

  it('that comes before the run has written its call down is found to be ours by a later tick', async () => {
    const { hear, ticks, alarms, clock, first } = await situation({}, []);
    assert.equal(await hear(promotionSignal('r-1')), 'pending');
    await ticks(2);
    const record = recordWith({ ...keyRef('1'), attempts: 1, requestIds: ['r-1'], sentAt: MORNING });
    await clock.run(createBatches(first.runtime, runId, [batchWith({ records: [record] })]));
    await ticks(6);

    assert.deepEqual(alarms(), []);
  });

  it('whose reply was lost is ours by its key, Regions and time', async () => {
    const { hear, ticks, alarms } = await situation({}, [], 1);
    await hear(promotionSignal('r-1'));
    await ticks(7);

    assert.deepEqual(alarms(), []);
  });

  it('is judged by the control Region whose run it may be, and not by the other', async () => {
    const { hear, ticks, alarms, all } = await situation({ controlRegions: ['us-east-2', 'eu-central-1'] });
    const kinds = [];
    for (const decider of all) kinds.push(await hear(promotionSignal('r-1'), decider));
    await ticks(7);
    assert.deepEqual([kinds, alarms()], [['ours', 'pending'], []]);
    for (const decider of all) await hear(promotionSignal('r-9'), decider);
    await ticks(7);

    assert.deepEqual(
      alarms().map(({ requestId }) => requestId),
      ['r-9'],
    );
  });

  it('is told once when each of two control Regions has had a run, and neither knows the call', async () => {
    const { hear, ticks, alarms, all, clock } = await situation({ controlRegions: ['us-east-2', 'eu-central-1'] });
    const [here, there] = all;
    assert.ok(here !== undefined && there !== undefined);
    const other = requestWith({ incident: 'another one' });
    const otherRun = runName(intentId(other), 1);
    const record = recordWith({ ...keyRef('2'), attempts: 1, requestIds: ['r-2'], sentAt: MORNING });
    await clock.run(
      (async () => {
        await createRun(there.runtime, runWith({ runId: otherRun, intent: intentId(other), request: other, startedAt: MORNING - 60_000 }));
        await createBatches(there.runtime, otherRun, [batchWith({ records: [record] })]);
        await here.runtime.table.write<Intent>('intent', intentId(other), withRun(opened(other, MORNING), other, otherRun, MORNING), 0);
      })(),
    );
    for (const requestId of ['r-1', 'r-2', 'r-9']) for (const decider of all) await hear(promotionSignal(requestId), decider);
    await ticks(20);

    assert.deepEqual(
      alarms().map(({ requestId }) => requestId),
      ['r-9'],
    );
  });
});
