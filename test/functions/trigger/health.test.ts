import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import type { Table } from '../../../core/ports/table.ts';
import { region } from '../../../core/region.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import type { FleetVerdict } from '../../../functions/trigger/health.ts';
import { TICK, type TriggerAnswer } from '../../../functions/trigger/trigger.ts';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import { STORY_STARTS_AT } from '../../../simulator/story/stage-set.ts';
import { createMemoryTable } from '../../../simulator/table/memory-table.ts';
import type { World } from '../../../simulator/world/world.ts';
import { FLEETS_TEXT, fleetsOf, primariesBy } from '../../support/stories.ts';
import { inWorld } from '../../support/worlds.ts';

const KEYS = 20;

/** A communication about the story's incident, fresh at the time of the world's clock. */
const communication = (number: number, at: number): unknown => {
  const event = healthEvent('us-east-1', '111122223333', STORY_STARTS_AT);
  const detail = { ...(event.detail as object), communicationId: `communication-${number}`, lastUpdatedTime: new Date(at).toUTCString() };
  return { ...event, detail };
};

const verdictsOn = async (world: World, event: unknown): Promise<readonly FleetVerdict[]> => {
  const answer = (await world.invoke('trigger', event)) as unknown as TriggerAnswer;
  return 'fleets' in answer ? answer.fleets : [];
};

const verdictOn = async (world: World, number: number): Promise<FleetVerdict> => {
  const verdicts = await verdictsOn(world, communication(number, world.clock.now()));
  const verdict = verdicts.find(({ fleet }) => fleet === 'payments');
  assert.ok(verdict !== undefined);
  return verdict;
};

const ended = async (world: World, runId: string | undefined): Promise<void> => {
  await world.stepFunctions.execution(runId ?? '')?.done;
};

const intents = (world: World) => world.table.list<Intent>('intent');

describe('An incident', () => {
  it('that starts a run opens its intent first, so that the tick knows of it whatever becomes of the run', async () => {
    await inWorld({ keys: KEYS }, async (world) => {
      const { verdict, runId } = await verdictOn(world, 1);

      assert.equal(verdict, 'started');
      assert.equal(world.stepFunctions.execution(runId ?? '')?.status, 'RUNNING');
      assert.deepEqual(
        (await intents(world)).map(({ value }) => [value.state, value.runs]),
        [['open', []]],
      );
    });
  });

  it('whose run goes, or has moved the fleet, starts no second one with a further communication', async () => {
    await inWorld({ keys: KEYS }, async (world) => {
      const { runId } = await verdictOn(world, 1);
      const meanwhile = await verdictOn(world, 2);
      await ended(world, runId);
      const afterwards = await verdictOn(world, 3);

      for (const verdict of [meanwhile, afterwards]) assert.deepEqual([verdict.verdict, verdict.runId], ['running', runId]);
      assert.equal(world.kms.counts().calls.UpdatePrimaryRegion, KEYS);
    });
  });

  it('whose first run was refused the lease gets its next one with a further communication', async () => {
    await inWorld({ keys: KEYS }, async (world) => {
      const other: RunRequest = {
        fleet: 'payments',
        operation: 'failover',
        source: region('us-west-2'),
        target: region('us-east-1'),
        incident: 'another',
      };
      const busy = runName(intentId(other), 1);
      await world.stepFunctions.start(busy, other);
      await world.clock.sleep(8_000);
      const first = await verdictOn(world, 1);
      await ended(world, first.runId);
      assert.equal(world.stepFunctions.execution(first.runId ?? '')?.error, 'RefusedByGuard');
      await ended(world, busy);
      await world.clock.sleep(300_000);
      const second = await verdictOn(world, 2);
      await ended(world, second.runId);

      assert.equal(second.verdict, 'started');
      assert.notEqual(second.runId, first.runId);
      assert.deepEqual(primariesBy(world), { 'us-west-2': KEYS });
    });
  });

  it('whose first run was refused by a stop switch is taken up by the tick when the switch is off', async () => {
    await inWorld({ keys: KEYS }, async (world) => {
      const first = await verdictOn(world, 1);
      const expiresAt = world.clock.now() + 300_000;
      await world.table.write('switch', 'global', { scope: 'global', owner: 'ann', reason: 'change freeze', expiresAt }, 0);
      await ended(world, first.runId);
      assert.equal(world.stepFunctions.execution(first.runId ?? '')?.error, 'RefusedByGuard');
      await world.clock.sleep(120_000);
      const frozen = (await world.invoke('trigger', TICK)) as unknown as TriggerAnswer;
      await world.clock.sleep(300_000);
      const free = (await world.invoke('trigger', TICK)) as unknown as TriggerAnswer;
      const [verdict] = 'intents' in free ? free.intents : [];
      await ended(world, verdict?.runId);

      assert.deepEqual('intents' in frozen && frozen.intents.map((each) => each.verdict), ['refused']);
      assert.equal(verdict?.verdict, 'started');
      assert.deepEqual(primariesBy(world), { 'us-west-2': KEYS });
    });
  });

  it('that no fleet of the Region cares for opens no intent', async () => {
    await inWorld({ keys: KEYS, fleets: fleetsOf(FLEETS_TEXT.replace('posture: automatic', 'posture: approve')) }, async (world) => {
      assert.equal((await verdictOn(world, 1)).verdict, 'refused');
      assert.deepEqual(await intents(world), []);
    });
  });

  it('that one fleet cannot be decided for is decided for the others, and its next delivery decides for that one alone', async () => {
    let isBroken = true;
    const table = (): Table => {
      const sound = createMemoryTable();
      return {
        ...sound,
        read: (kind, id) =>
          isBroken && kind === 'decision' && id.startsWith('broken/') ? Promise.reject(new Error('no table today')) : sound.read(kind, id),
      };
    };
    const fleet = { accounts: ['111122223333'], home: 'us-east-1', standbys: ['us-west-2'], posture: 'automatic' };
    const fleets = fleetsOf(
      JSON.stringify({
        fleets: {
          broken: { ...fleet, keys: { aliases: ['alias/broken/*'] } },
          payments: { ...fleet, keys: { aliases: ['alias/payments/*'] } },
        },
      }),
    );
    await inWorld({ keys: KEYS, fleets, table }, async (world) => {
      const event = communication(1, world.clock.now());
      await assert.rejects(verdictsOn(world, event), { message: /no table today/ });
      const started = await world.table.list('run');
      isBroken = false;
      const verdicts = await verdictsOn(world, event);

      assert.equal(started.length, 1);
      assert.deepEqual(
        verdicts.map(({ fleet, verdict }) => [fleet, verdict === 'duplicate']),
        [
          ['broken', false],
          ['payments', true],
        ],
      );
    });
  });
});
