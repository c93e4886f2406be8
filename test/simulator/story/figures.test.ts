import assert from 'node:assert/strict';
import { test } from 'node:test';
import { primariesBy, storyUnder, toldFrom } from '../../support/stories.ts';

test('the figures name the standby that the run went to, which is not the story’s when that is dark', async () => {
  const story = storyUnder({ keys: 4 }, ({ target }) => ({ silences: ({ region }) => region === target }));
  const { figures, world } = await toldFrom(story);

  assert.equal(story.target, 'us-west-2');
  assert.deepEqual([figures.source, figures.target], ['us-east-1', 'eu-west-1']);
  assert.deepEqual(primariesBy(world), { 'eu-west-1': 4 });
});
