import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import { operatorEvent } from '../../../simulator/story/signals.ts';
import type { World } from '../../../simulator/world/world.ts';
import { primariesBy } from '../../support/stories.ts';
import { inWorld } from '../../support/worlds.ts';

const KEYS = 4;
const ANNA = 'arn:aws:sts::111122223333:assumed-role/operators/anna';
const RUN = 'CHG-7';

const stopped = async (world: World): Promise<string> => {
  const event = operatorEvent('stop', { fleet: 'payments', reason: 'the wrong day' }, ANNA, 'req-1');
  const answer = (await world.invoke('operator', event)) as { readonly body: string };
  return (JSON.parse(answer.body) as { readonly message: string }).message;
};

const endOf = async (world: World, runId: string) => {
  const execution = world.stepFunctions.execution(runId);
  await execution?.done;
  const ticks = 3;
  for (let tick = 0; tick < ticks; tick += 1) {
    await world.clock.sleep(60_000);
    await world.invoke('trigger', TICK);
  }
  const intents = (await world.table.list<Intent>('intent')).map(({ value }) => value.state);
  return { error: execution?.error, calls: world.kms.counts().calls.UpdatePrimaryRegion ?? 0, intents, where: primariesBy(world) };
};

test('a run that a person started and another one stops while it makes its plan calls for no key', () =>
  inWorld({ operation: 'switchover', keys: KEYS }, async (world) => {
    await world.stepFunctions.start(RUN, { fleet: 'payments', operation: 'switchover', reason: RUN });
    await world.clock.sleep(1_000);
    const message = await stopped(world);

    assert.match(message, /No run holds fleet payments.* A run that a person started before .* ends before it calls for a key/);
    assert.deepEqual(await endOf(world, RUN), { error: 'CalledOff', calls: 0, intents: [], where: { 'us-east-1': KEYS } });
  }));

test('a run of a signal that is stopped while it makes its plan calls for no key, and the tick starts no other', () =>
  inWorld({ keys: KEYS }, async (world) => {
    const answer = await world.invoke('trigger', healthEvent('us-east-1', '111122223333', world.clock.now()));
    const { runId } = (answer as unknown as { readonly fleets: readonly { readonly runId: string }[] }).fleets[0] ?? assert.fail();
    const message = await stopped(world);

    assert.match(message, new RegExp(`Run ${runId} .* had no plan yet, ends before it calls for a key, and its intent is closed`));
    const { calls, intents, where } = await endOf(world, runId);
    assert.deepEqual({ calls, intents, where }, { calls: 0, intents: ['closed'], where: { 'us-east-1': KEYS } });
  }));
