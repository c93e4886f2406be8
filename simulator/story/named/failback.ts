import { withFleet } from '../signals.ts';
import type { NamedStory } from './named-story.ts';

/** Shorter than the hour of an ordinary fleet, so that the story does not take long to read. */
const STABLE_MINUTES = 30;

export const failback: NamedStory = {
  sentence: 'the way home after an incident: refused until the home has been healthy for the fleet’s stability window, then done',
  setting: (story) => {
    const { home = story.source, standbys = [] } = story.fleets.get(story.fleetName) ?? {};
    return {
      ...story,
      operation: 'failback',
      startedBy: 'operator',
      source: standbys[0] ?? story.target,
      target: home,
      fleets: withFleet(story.fleets, story.fleetName, { failback: { automatic: false, stableMinutes: STABLE_MINUTES } }),
    };
  },
  tell: async (teller) => {
    const { source, target } = teller.story;
    teller.say(`Since the last incident the primaries are in ${source}. KMS in ${target}, their home, has just become healthy.`);
    await teller.ticks(20);
    const early = await teller.start('Twenty minutes later a person asks for the failback', { incident: 'CHG-1' });
    await teller.ended(early);
    await teller.ticks(STABLE_MINUTES + 2);
    const late = await teller.start('When the window is over, they ask again', { incident: 'CHG-2' });
    await teller.ended(late);
  },
};
