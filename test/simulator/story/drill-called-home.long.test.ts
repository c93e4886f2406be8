import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Lease } from '../../../core/coordination/lease.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import { alarmEvent, healthEventWith, operatorEvent, withFleet } from '../../../simulator/story/signals.ts';
import type { World } from '../../../simulator/world/world.ts';
import { FLEETS_TEXT, fleetsOf, primariesBy, storyUnder } from '../../support/stories.ts';
import { inWorld, inWorldOf } from '../../support/worlds.ts';

const KEYS = 16;
const ALARM = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:checkout-errors';
const drill = { fleet: 'payments', operation: 'drill', reason: 'drill-of-the-quarter' };
/** Asks before it moves, so that nothing but the drill itself answers to what happens; and has given its drills an alarm. */
const fleets = (() => {
  const all = fleetsOf(FLEETS_TEXT);
  const held = all.get('payments')?.drill ?? assert.fail();
  return withFleet(all, 'payments', { posture: 'approve', drill: { ...held, holdSeconds: 240, stopOnAlarms: [ALARM] } });
})();

/** A drill in the middle of which something happens, when so many of its keys were called for, or a while after. */
const drilled = (share: number, laterMs: number, happens: (world: World) => Promise<unknown>) =>
  inWorld({ operation: 'drill', fleets, keys: KEYS }, async (world) => {
    const { promise: arrived, resolve } = Promise.withResolvers<void>();
    let accepted = 0;
    world.kms.onAccepted(() => {
      accepted += 1;
      if (accepted === Math.ceil(KEYS * share)) resolve();
    });
    await world.stepFunctions.start('drill-1', drill);
    await arrived;
    await world.clock.sleep(laterMs);
    const before = accepted;
    const at = world.clock.now();
    await happens(world);
    await world.stepFunctions.execution('drill-1')?.done;
    const evidence = JSON.parse((await world.store.get('evidence/drill-1/summary.json'))?.body ?? '{}');
    return { world, evidence, before, tookMs: world.clock.now() - at };
  });

const resultOf = async (world: World, runId: string): Promise<string | undefined> =>
  JSON.parse((await world.store.get(`evidence/${runId}/summary.json`))?.body ?? '{}').result;

const alarmGoesOff = (world: World) => world.invoke('trigger', alarmEvent(ALARM, 'ALARM', world.clock.now()));
const operatorStops = (world: World) =>
  world.invoke(
    'operator',
    operatorEvent('stop', { fleet: 'payments', reason: 'enough' }, 'arn:aws:iam::111122223333:user/alice', 'deed-1'),
  );
const trouble = (region: string) => (world: World) => world.invoke('trigger', healthEvent(region, '111122223333', world.clock.now()));

for (const { by, happens, reason } of [
  { by: 'an alarm that it was given', happens: alarmGoesOff, reason: 'CALLED_HOME' },
  { by: 'an operator', happens: operatorStops, reason: 'STOPPED' },
  { by: 'an incident in its target that nobody has approved anything for', happens: trouble('us-west-2'), reason: 'CALLED_HOME' },
]) {
  test(`a drill that is stopped by ${by} moves nothing further there, and brings home at once what it moved`, async () => {
    const { world, evidence, before, tookMs } = await drilled(0.4, 0, happens);

    assert.deepEqual(primariesBy(world), { 'us-east-1': KEYS });
    assert.equal(evidence.outcomes.promoted + evidence.outcomes.halted, KEYS);
    assert.deepEqual(evidence.reasons, { [reason]: evidence.outcomes.halted });
    // What is on the wire when it is told, and one look's time.
    assert.ok(evidence.outcomes.promoted - before <= 8, `${before} called for before, ${evidence.outcomes.promoted} moved`);
    assert.ok(tookMs < 120_000, `${tookMs} ms`);
  });
}

test('a drill whose alarm goes off in its hold cuts the hold short', async () => {
  const { world, evidence, tookMs } = await drilled(1, 90_000, alarmGoesOff);

  assert.deepEqual(primariesBy(world), { 'us-east-1': KEYS });
  assert.deepEqual(evidence.reasons, {});
  assert.ok(tookMs < 120_000, `${tookMs} ms`);
});

test('a drill does not bring keys into an incident: they stay until it is over', async () => {
  const { world, evidence } = await drilled(1, 90_000, async (there) => {
    const at = there.clock.now();
    await trouble('us-east-1')(there);
    await there.clock.sleep(10 * 60_000);
    assert.deepEqual(primariesBy(there), { 'us-west-2': KEYS });
    assert.equal((await there.table.read<Lease>('lease', 'payments'))?.value.holder, 'drill-1');
    const over = { statusCode: 'closed', communicationId: '2', lastUpdatedTime: new Date(there.clock.now()).toUTCString() };
    await there.invoke('trigger', healthEventWith('us-east-1', '111122223333', at, over));
  });

  assert.deepEqual(primariesBy(world), { 'us-east-1': KEYS });
  assert.equal(evidence.result, 'moved');
});

test('all through a drill keys are used in both Regions, and the result says how often, and how often in vain', async () => {
  const { world, evidence } = await drilled(1, 0, async () => undefined);
  const { calls, failed } = evidence.crypto;

  assert.ok(calls > KEYS * 4, `${calls} calls`);
  assert.equal(failed, 0);
  assert.deepEqual(world.bus.events.find(({ detailType }) => detailType === 'Run Finished')?.detail.crypto, { calls, failed });
});

for (const lost of ['us-east-1', 'us-west-2']) {
  test(`a drill that loses ${lost} half-way comes home by itself when the Region answers again`, async () => {
    const some = 8;
    let accepted = 0;
    let darkFrom = Number.POSITIVE_INFINITY;
    const story = storyUnder({ operation: 'drill', keys: some }, ({ clock }) => ({
      promotionAccepted: () => {
        accepted += 1;
        if (accepted === some / 2) darkFrom = clock.now();
      },
      silences: ({ region }) => region === lost && clock.now() >= darkFrom && clock.now() < darkFrom + 420_000,
    }));
    const { world, first } = await inWorldOf(story, async (there) => {
      await there.stepFunctions.start('drill-1', drill);
      await there.stepFunctions.execution('drill-1')?.done;
      const blocked = await resultOf(there, 'drill-1');
      for (let tick = 0; tick < 10; tick += 1) {
        await there.clock.sleep(60_000);
        await there.invoke('trigger', TICK);
      }
      return { world: there, first: blocked };
    });

    assert.match(String(first), /^(blocked|moved)$/);
    assert.deepEqual(primariesBy(world), { 'us-east-1': some });
  });
}
