import type { NamedStory } from './named-story.ts';

export const stopped: NamedStory = {
  sentence: 'an operator stops a switchover half-way: nothing further is attempted, the report says what moved, a restart does the rest',
  setting: (story) => ({ ...story, operation: 'switchover', startedBy: 'operator' }),
  tell: async (teller) => {
    const { source, target, fleetName: fleet } = teller.story;
    const first = await teller.start(`A person starts a switchover from ${source} to ${target}`, { incident: 'CHG-3' });
    await teller.called(first, 0.5);
    await teller.operator('stop', { fleet, reason: 'perhaps the wrong fleet' });
    await teller.ended(first);
    teller.say('Nothing was left half-done: each key is at one of the two ends, and the evidence says at which.');
    const second = await teller.start(
      'It was the right fleet: they ask for the same again at once, and only the rest has to move',
      { incident: 'CHG-3' },
      2,
    );
    await teller.ended(second);
  },
};
