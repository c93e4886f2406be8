import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import { region } from '../../../core/region.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { inputFor } from '../../../core/run/request-from.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { createMemoryTable } from '../../../simulator/table/memory-table.ts';
import type { World } from '../../../simulator/world/world.ts';
import { primariesBy, type StoryWords } from '../../support/stories.ts';
import { inWorld } from '../../support/worlds.ts';

const KEYS = 20;
const request: RunRequest = {
  fleet: 'payments',
  operation: 'failover',
  source: region('us-east-1'),
  target: region('us-west-2'),
  incident: 'INC-1',
};
const id = intentId(request);
const [first, second] = [runName(id, 1), runName(id, 2)];

/** Trouble with the coordination table: so many of its calls that are meant fail as an SDK's do. */
interface Trouble {
  left: number;
  readonly isMeant: (kind: string, value?: object) => boolean;
}

const tableWith =
  (trouble: Trouble): NonNullable<StoryWords['table']> =>
  () => {
    const sound = createMemoryTable();
    const strike = (kind: string, value?: object) => {
      if (trouble.left === 0 || !trouble.isMeant(kind, value)) return;
      trouble.left -= 1;
      throw Object.assign(new Error('Connection timed out after 5000 ms'), { name: 'TimeoutError' });
    };
    return {
      ...sound,
      async read(kind, key) {
        strike(kind);
        return sound.read(kind, key);
      },
      async write(kind, key, value, ifVersion) {
        if (typeof value === 'object' && value !== null) strike(kind, value);
        return sound.write(kind, key, value, ifVersion);
      },
    };
  };

/** The report gives the lease back, and nobody else does. */
const isGivenBack = (kind: string, value?: object): boolean =>
  kind === 'lease' && value !== undefined && 'released' in value && value.released === true;

const ended = async (world: World, runId: string) => {
  const execution = world.stepFunctions.execution(runId);
  await execution?.done;
  return execution;
};

const steps: ReadonlyArray<readonly [step: string, isMeant: Trouble['isMeant']]> = [
  ['a plan', (kind) => kind === 'switch'],
  ['the opening of a stage', (kind) => kind === 'breaker'],
  ['a report', isGivenBack],
];

for (const [step, isMeant] of steps)
  test(`errors of an SDK that pass are outlived by ${step}`, async () => {
    const trouble: Trouble = { left: 2, isMeant };
    await inWorld({ keys: KEYS, table: tableWith(trouble) }, async (world) => {
      await world.stepFunctions.start(first, inputFor(request));

      assert.equal((await ended(world, first))?.status, 'SUCCEEDED');
      assert.equal(trouble.left, 0);
      assert.deepEqual(primariesBy(world), { 'us-west-2': KEYS });
    });
  });

test('a run whose report is lost is finished by the run that the tick starts', async () => {
  const trouble: Trouble = { left: Number.POSITIVE_INFINITY, isMeant: isGivenBack };
  await inWorld({ keys: KEYS, table: tableWith(trouble), faults: ['source-down-for=4m'] }, async (world) => {
    await world.stepFunctions.start(first, inputFor(request));
    const lost = await ended(world, first);
    trouble.left = 0;
    for (let minute = 0; minute < 10; minute += 1) {
      await world.clock.sleep(60_000);
      await world.invoke('trigger', TICK);
    }

    assert.equal(lost?.error, 'Passing');
    assert.equal((await ended(world, second))?.status, 'SUCCEEDED');
    assert.deepEqual(primariesBy(world), { 'us-west-2': KEYS });
    assert.equal((await world.table.read<Intent>('intent', id))?.value.state, 'closed');
  });
});

test('a run that a person stopped is not started anew by the tick', async () => {
  await inWorld({ keys: KEYS }, async (world) => {
    await world.stepFunctions.start(first, inputFor(request));
    await world.clock.sleep(15_000);
    world.stepFunctions.stop(first);
    for (let minute = 0; minute < 10; minute += 1) {
      await world.clock.sleep(60_000);
      await world.invoke('trigger', TICK);
    }

    assert.equal(world.stepFunctions.execution(second), undefined);
    assert.equal((await world.table.read<Intent>('intent', id))?.value.state, 'closed');
  });
});
