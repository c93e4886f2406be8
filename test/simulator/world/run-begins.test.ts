import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WARMED_UP } from '../../../core/run/warm-up.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Lambda } from '../../../simulator/lambda/lambda.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { runBegins } from '../../../simulator/world/run-begins.ts';

test('the functions that a run comes to have started before it does, each as often as it is named', async () => {
  const clock = new VirtualClock(0);
  const random = new Seeded('warm');
  const lambda = new Lambda({ clock, random });
  for (const name of new Set(WARMED_UP))
    lambda.register(name, { createInstance: async () => async () => undefined, timeoutSeconds: 60, memoryMb: 512 });

  await clock.run(runBegins('run-1', { clock, random, lambda }));

  const coldStarts = Object.fromEntries([...lambda.counts()].map(([name, counts]) => [name, counts.coldStarts]));
  assert.deepEqual([coldStarts.stage, coldStarts.promote, coldStarts.poll, coldStarts.verify], [1, 1, 1, 1]);
  assert.ok((coldStarts.precheck ?? 0) > 1, 'the batches in flight begin together');
  assert.ok(clock.now() < 5_000);
});
