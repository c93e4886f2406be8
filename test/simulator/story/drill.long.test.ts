import assert from 'node:assert/strict';
import { test } from 'node:test';
import { region } from '../../../core/region.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { inputFor } from '../../../core/run/request-from.ts';
import { Progress } from '../../../simulator/story/progress.ts';
import { layOutFleetFile, setStage } from '../../../simulator/story/stage-set.ts';
import { warmUpSdk } from '../../../simulator/world/warm-up.ts';
import type { World } from '../../../simulator/world/world.ts';
import { outcomesOf, primariesBy, storyWith, tell } from '../../support/stories.ts';

const KEYS = 20;

for (const seed of ['1', '2', '3']) {
  test(`a drill whose functions die after effects brings every key home, with seed ${seed}`, async () => {
    const { figures, world } = await tell({ operation: 'drill', faults: ['function-crash'], keys: KEYS, seed });

    assert.deepEqual(outcomesOf(figures), { promoted: KEYS });
    assert.deepEqual(primariesBy(world), { 'us-east-1': KEYS });
  });
}

const request: RunRequest = {
  fleet: 'payments',
  operation: 'drill',
  source: region('us-east-1'),
  target: region('us-west-2'),
  incident: 'drill-of-the-quarter',
};

/** Starts the drill, stops it when so many promotions were accepted, and has a person start it again. */
const stoppedAndStartedAgain = async (
  acceptedMax: number,
): Promise<{ readonly world: World; readonly summary: Record<string, unknown> }> => {
  await warmUpSdk();
  const story = storyWith({ operation: 'drill', keys: KEYS });
  const world = setStage(story, new Progress());
  const drill = async (): Promise<Record<string, unknown>> => {
    await layOutFleetFile(story, world);
    let accepted = 0;
    world.kms.onAccepted(() => {
      accepted += 1;
      if (accepted === acceptedMax) world.stepFunctions.stop('drill-1');
    });
    await world.stepFunctions.start('drill-1', inputFor(request));
    await world.stepFunctions.execution('drill-1')?.done;
    await world.stepFunctions.start('drill-2', inputFor(request));
    await world.stepFunctions.execution('drill-2')?.done;
    return JSON.parse((await world.store.get('evidence/drill-2/summary.json'))?.body ?? '{}');
  };
  const summary = await world.clock.run(drill());
  return { world, summary };
};

for (const { when, acceptedMax } of [
  { when: 'on its way there', acceptedMax: KEYS / 2 },
  { when: 'when every key is away', acceptedMax: KEYS },
  { when: 'on its way back', acceptedMax: KEYS + KEYS / 2 },
]) {
  test(`a drill that is stopped ${when} and started again brings home what is away, and moves nothing else`, async () => {
    const { world, summary } = await stoppedAndStartedAgain(acceptedMax);

    assert.deepEqual(primariesBy(world), { 'us-east-1': KEYS });
    assert.equal(summary.result, 'moved');
    assert.equal(summary.keys, KEYS);
    const calls = world.kms.counts().calls.UpdatePrimaryRegion ?? 0;
    assert.ok(calls <= 2 * Math.max(acceptedMax, KEYS) + 2, `${calls} calls for ${acceptedMax} accepted before the stop`);
  });
}
