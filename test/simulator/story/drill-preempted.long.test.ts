import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stage } from '../../../core/batch/batch.ts';
import type { Intent } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import type { World } from '../../../simulator/world/world.ts';
import { FLEETS_TEXT, fleetsOf, primariesBy } from '../../support/stories.ts';
import { inWorld } from '../../support/worlds.ts';

const KEYS = 6;
const DRILL = 'drill-1';
const drill = { fleet: 'payments', operation: 'drill', reason: 'drill-of-the-quarter' };
const automatic = fleetsOf(FLEETS_TEXT);

/** Waits until the drill has come to a stage, or has ended. */
const arrival = async (world: World, stage: Stage): Promise<void> => {
  while (
    (await world.store.get(`runs/${DRILL}/stages/${stage}.json`)) === undefined &&
    (await world.stepFunctions.status(DRILL)) === 'RUNNING'
  )
    await world.clock.sleep(200);
};

/** The steps of a drill, each with the wait that ends in it. */
const STEPS: Readonly<Record<string, (world: World) => Promise<void>>> = {
  'before its plan': async () => undefined,
  'in its canary': (world) => arrival(world, 'canary'),
  'while the rest moves there': async (world) => {
    await arrival(world, 'rest');
    await world.clock.sleep(5_500);
  },
  'in its sweep': (world) => arrival(world, 'sweep'),
  'in its hold': async (world) => {
    await arrival(world, 'back');
    await world.clock.sleep(25_000);
  },
  'on its way back': async (world) => {
    while (!(await world.store.list(`runs/${DRILL}/batches/`)).some((path) => /1\d{6}\.json$/.test(path))) await world.clock.sleep(500);
    await world.clock.sleep(5_500);
  },
  'in its last sweep': (world) => arrival(world, 'back-sweep'),
};

/** A drill, and an incident that begins in one of its Regions in the middle of it, up to the end of every run. */
const interrupted = (seed: string, step: (world: World) => Promise<void>, region: string) =>
  inWorld({ operation: 'drill', fleets: automatic, keys: KEYS, seed }, async (world, incident) => {
    await world.stepFunctions.start(DRILL, drill);
    await step(world);
    incident.begin(region);
    const answer = await world.invoke('trigger', healthEvent(region, '111122223333', world.clock.now()));
    const intents = await world.table.list<Intent>('intent');
    const failovers = intents.filter(({ value }) => value.request.operation === 'failover').map(({ id }) => `${id}-1`);
    for (const runId of [...failovers, DRILL]) await world.stepFunctions.execution(runId)?.done;
    const lease = await world.table.read<Lease>('lease', 'payments');
    return { world, answer: JSON.stringify(answer), failovers, lease: lease?.value };
  });

for (const [step, arrive] of Object.entries(STEPS)) {
  test(`an incident in the source of a drill, ${step}, takes the fleet: moved keys stay, and the rest follows`, async () => {
    const { world, answer, failovers, lease } = await interrupted(`source ${step}`, arrive, 'us-east-1');

    assert.deepEqual(primariesBy(world), { 'us-west-2': KEYS }, answer);
    assert.equal(failovers.length, 1);
    assert.deepEqual([lease?.holder, lease?.released], [failovers[0], true]);
    assert.notEqual(await world.stepFunctions.status(DRILL), 'RUNNING');
  });

  test(`an incident in the target of a drill, ${step}, takes the fleet: moved keys return first`, async () => {
    const { world, answer, lease } = await interrupted(`target ${step}`, arrive, 'us-west-2');

    assert.deepEqual(primariesBy(world), { 'us-east-1': KEYS }, answer);
    assert.notEqual(lease?.released, false);
  });
}
