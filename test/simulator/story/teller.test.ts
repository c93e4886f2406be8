import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Decision } from '../../../core/decision/decision.ts';
import { storyWith, toldFrom } from '../../support/stories.ts';

test('each thing that a person asks for in a story is on record, also the second about one fleet', async () => {
  const story = storyWith({
    keys: 4,
    startedBy: 'operator',
    script: {
      name: 'two deeds',
      tell: async (teller) => {
        await teller.operator('switch', { fleet: 'payments', set: 'on', hours: 1, reason: 'a change freeze' });
        await teller.operator('switch', { fleet: 'payments', set: 'off', reason: 'the freeze is over' });
      },
    },
  });
  const { figures, world } = await toldFrom(story);

  const records = await world.clock.run(world.table.list<Decision>('decision'));
  const whys = records.map(({ value }) => value.why ?? '').toSorted();
  assert.equal(whys.length, 2, figures.chapters.map(({ text }) => text).join('\n'));
  assert.match(whys.join('\n'), /a change freeze/);
  assert.match(whys.join('\n'), /the freeze is over/);
});
