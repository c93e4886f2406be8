import { healthEvent } from '../health-event.ts';
import { withFleet } from '../signals.ts';
import type { NamedStory } from './named-story.ts';

export const drillInterrupted: NamedStory = {
  sentence: 'an incident in the source in the middle of a drill: the failover takes the fleet, moved keys stay, the rest follows',
  setting: (story) => ({
    ...story,
    operation: 'drill',
    startedBy: 'operator',
    fleets: withFleet(story.fleets, story.fleetName, { posture: 'automatic' }),
  }),
  tell: async (teller) => {
    const { source, target } = teller.story;
    const drill = await teller.start(`A person starts a drill from ${source} to ${target}`);
    await teller.called(drill, 0.5);
    teller.incident.begin(source);
    teller.say(`Half of the keys are called for when KMS in ${source} begins to answer with errors. A drill would bring them back there.`);
    const { runId } = await teller.signal(healthEvent(source, teller.fleet.accounts[0] ?? '', teller.now));
    if (runId !== undefined) await teller.ended(runId);
    await teller.ended(drill);
    teller.say(`The drill became a failover: what it had moved to ${target} stayed there, and the rest followed.`);
  },
};
