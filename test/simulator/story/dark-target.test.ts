import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomesOf, primariesBy, storyUnder, toldFrom } from '../../support/stories.ts';

const TEN_MINUTES_MS = 600_000;

test('when the target is dark and a person goes there all the same, its keys are blocked, none is told as failed, and a follow-up run moves them when it answers again', async () => {
  const story = storyUnder({ operation: 'switchover', keys: 20, override: ['target-healthy', 'enough-eligible'] }, ({ clock, target }) => {
    const until = clock.now() + TEN_MINUTES_MS;
    return { silences: ({ region }) => region === target && clock.now() < until };
  });
  const { figures, world } = await toldFrom(story);

  assert.deepEqual(
    figures.runs.map(({ result, reasons }) => ({ result, reasons })),
    [
      { result: 'blocked', reasons: { TARGET_UNREACHABLE: 20 } },
      { result: 'moved', reasons: {} },
    ],
  );
  assert.deepEqual(outcomesOf(figures), { promoted: 20 });
  assert.deepEqual(primariesBy(world), { 'us-west-2': 20 });
});
