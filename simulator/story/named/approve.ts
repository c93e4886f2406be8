import { healthEvent } from '../health-event.ts';
import { withFleet } from '../signals.ts';
import { STORY_STARTS_AT } from '../starts-at.ts';
import type { NamedStory } from './named-story.ts';

export const approve: NamedStory = {
  sentence: 'the same in posture approve: a person is asked, nothing happens until they agree, then the fleet moves',
  setting: (story) => ({
    ...story,
    operation: 'failover',
    startedBy: 'event',
    fleets: withFleet(story.fleets, story.fleetName, { posture: 'approve' }),
  }),
  tell: async (teller) => {
    const { source } = teller.story;
    teller.say(`KMS in ${source} begins to answer with errors. Fleet ${teller.story.fleetName} has the posture approve.`);
    const { record } = await teller.signal(healthEvent(source, teller.fleet.accounts[0] ?? '', STORY_STARTS_AT));
    for (const { detail } of teller.told('Approval Requested')) {
      teller.say(`A person is asked. Gain: ${detail.gain} It touches: ${detail.blastRadius} It takes: ${detail.eta}`);
      teller.say(`If nobody answers: ${detail.ifNobodyAnswers} The command: ${detail.command}`);
    }
    await teller.ticks(5);
    teller.say('Five minutes later nobody has answered, and nothing was started.');
    const runId = await teller.operator('approve', { decision: record ?? '', reason: 'seen on the status page as well' });
    if (runId !== undefined) await teller.ended(runId);
    await teller.operator('approve', { decision: record ?? '', reason: 'to be sure' });
  },
};
