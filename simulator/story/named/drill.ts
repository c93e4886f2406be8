import type { NamedStory } from './named-story.ts';

export const drill: NamedStory = {
  sentence: 'a drill: there, hold, back, with cryptographic calls on the moving keys all the while',
  setting: (story) => ({ ...story, operation: 'drill', startedBy: 'operator' }),
  tell: async (teller) => {
    const { source, target } = teller.story;
    const { holdSeconds } = teller.fleet.drill;
    const runId = await teller.start(`An ordinary morning: a person starts a drill from ${source} to ${target}`);
    teller.say(
      `Every key moves to ${target}, stays there for ${holdSeconds} s, and comes home; each way begins carefully and ends with a sweep.`,
    );
    await teller.ended(runId);
    const [finished] = teller.told('Run Finished');
    const crypto = finished?.detail.crypto as { readonly calls: number; readonly failed: number } | undefined;
    teller.say(
      `All the while keys were used in both Regions, as applications would: ${crypto?.calls ?? 0} calls, of which ${crypto?.failed ?? 0} failed.`,
    );
  },
};
