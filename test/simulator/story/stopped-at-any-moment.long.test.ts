import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import { operatorEvent } from '../../../simulator/story/signals.ts';
import type { World } from '../../../simulator/world/world.ts';
import { inWorld } from '../../support/worlds.ts';

const KEYS = 4;
const ANNA = 'arn:aws:sts::111122223333:assumed-role/operators/anna';
const TICKS = 5;
/** From the start of the run to its first calls, and beyond. */
const MOMENTS_MS = Array.from({ length: 36 }, (_, index) => index * 250);

const byPerson = async (world: World): Promise<string> => {
  await world.stepFunctions.start('CHG-7', { fleet: 'payments', operation: 'switchover', reason: 'CHG-7' });
  return 'CHG-7';
};

const bySignal = async (world: World): Promise<string> => {
  const answer = await world.invoke('trigger', healthEvent('us-east-1', '111122223333', world.clock.now()));
  const { fleets } = answer as unknown as { readonly fleets: readonly { readonly runId?: string }[] };
  return fleets[0]?.runId ?? assert.fail(JSON.stringify(answer));
};

/** What is left of a run that was stopped so long after its start, and what the ticks after it did. */
const stoppedAfter = (ms: number, start: (world: World) => Promise<string>, operation: 'failover' | 'switchover') =>
  inWorld({ operation, keys: KEYS, seed: String(ms) }, async (world) => {
    const calls = () => world.kms.counts().calls.UpdatePrimaryRegion ?? 0;
    const runId = await start(world);
    await world.clock.sleep(ms);
    await world.invoke('operator', operatorEvent('stop', { fleet: 'payments', reason: 'the wrong day' }, ANNA, 'req-1'));
    await world.stepFunctions.execution(runId)?.done;
    const error = world.stepFunctions.execution(runId)?.error;
    const callsOfRun = calls();
    for (let tick = 0; tick < TICKS; tick += 1) {
      await world.clock.sleep(60_000);
      await world.invoke('trigger', TICK);
    }
    const intents = (await world.table.list<Intent>('intent')).map(({ value }) => value.state);
    const lease = (await world.table.read<Lease>('lease', 'payments'))?.value;
    return { error, callsOfRun, callsAfter: calls() - callsOfRun, intents, isHeld: lease !== undefined && !lease.released };
  });

for (const [who, start, operation] of [
  ['a person', byPerson, 'switchover'],
  ['a signal', bySignal, 'failover'],
] as const)
  test(`a run of ${who} that is stopped at any moment ends, leaves nothing open, and nothing follows it`, async () => {
    let calledOff = 0;
    for (const ms of MOMENTS_MS) {
      const { error, callsOfRun, callsAfter, intents, isHeld } = await stoppedAfter(ms, start, operation);

      assert.deepEqual([callsAfter, intents.includes('open'), isHeld], [0, false, false], `after ${ms} ms`);
      if (error === 'CalledOff') {
        calledOff += 1;
        assert.equal(callsOfRun, 0, `after ${ms} ms`);
      }
    }
    assert.ok(calledOff >= 2 && calledOff < MOMENTS_MS.length, `${calledOff} were called off before they had a plan`);
  });
