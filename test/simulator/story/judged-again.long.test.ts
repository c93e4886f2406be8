import assert from 'node:assert/strict';
import { test } from 'node:test';
import { play } from '../../../simulator/story/play.ts';
import { STORY_STARTS_AT } from '../../../simulator/story/starts-at.ts';
import { outcomesOf, primariesBy, storyWith, tell } from '../../support/stories.ts';

// With these seeds the Region answers when the event is decided about, and is dark again a minute later.
for (const seed of ['6', '9'])
  test(`what is only observed at first, the tick judges again and starts when the source flaps (seed ${seed})`, async () => {
    const { figures, world } = await tell({ faults: ['flapping'], keys: 50, seed });

    assert.equal(figures.result, 'moved');
    assert.deepEqual(outcomesOf(figures), { promoted: 50 });
    assert.deepEqual(primariesBy(world), { 'us-west-2': 50 });
  });

test('a signal that nothing confirms in its two hours starts nothing, and the story says what would lift that', async () => {
  const quiet = { kind: 'kms', name: 'flapping', make: () => ({ name: 'quiet', struck: 0 }) } as const;
  const { world, end } = await play({ ...storyWith({ keys: 4 }), faults: [{ text: 'quiet', fault: quiet }] });
  const told = await end;

  assert.match(
    told.kind === 'refused' ? told.sentences.join(' ') : '',
    /is healthy: .* What lifts it: probes that find the source degraded/,
  );
  const minutes = (world.clock.now() - STORY_STARTS_AT) / 60_000;
  assert.ok(minutes > 120 && minutes < 122, `${minutes} minutes`);
});
