import { healthEvent } from '../health-event.ts';
import { healthEventWith, withFleet } from '../signals.ts';
import { STORY_STARTS_AT } from '../starts-at.ts';
import type { NamedStory } from './named-story.ts';

export const automatic: NamedStory = {
  sentence: 'AWS Health reports trouble, probes confirm it, and a fleet in posture automatic moves by itself',
  setting: (story) => ({
    ...story,
    operation: 'failover',
    startedBy: 'event',
    fleets: withFleet(story.fleets, story.fleetName, { posture: 'automatic' }),
  }),
  tell: async (teller) => {
    const { source } = teller.story;
    const account = teller.fleet.accounts[0] ?? '';
    teller.say(`KMS in ${source} begins to answer with errors. Fleet ${teller.story.fleetName} has the posture automatic.`);
    const { runId } = await teller.signal(healthEvent(source, account, STORY_STARTS_AT));
    await teller.signal(healthEvent(source, account, STORY_STARTS_AT));
    if (runId !== undefined) await teller.ended(runId);
    teller.incident.end();
    const closing = {
      statusCode: 'closed',
      communicationId: 'simulated-story-communication-2',
      lastUpdatedTime: new Date(teller.now).toUTCString(),
    };
    await teller.signal(healthEventWith(source, account, STORY_STARTS_AT, closing));
    teller.say(
      `The incident is over. The fleet stays where it is until a person brings it home, or its file says failback: { automatic: true }.`,
    );
  },
};
