import { parseFault } from '../../faults/parse-fault.ts';
import { healthEvent } from '../health-event.ts';
import type { AskedFault } from '../scene.ts';
import { withFleet } from '../signals.ts';
import { STORY_STARTS_AT } from '../starts-at.ts';
import type { NamedStory } from './named-story.ts';

const DARK = 'source-down-for=12m';
const TICKS_MAX = 30;

const dark = (): AskedFault => {
  const fault = parseFault(DARK);
  if (fault.kind === 'refused') throw new Error(fault.sentence);
  return { text: DARK, fault };
};

export const blockedThenRecovers: NamedStory = {
  sentence: 'the source does not answer at all: keys are parked as blocked, and move by themselves when it answers again',
  setting: (story) => ({
    ...story,
    operation: 'failover',
    startedBy: 'event',
    faults: [...story.faults, dark()],
    fleets: withFleet(story.fleets, story.fleetName, { posture: 'automatic' }),
  }),
  tell: async (teller) => {
    const { source, target } = teller.story;
    teller.say(`KMS in ${source} answers nobody. Only there can primaries hand their role on, so no tool in the world can move them now.`);
    const { runId } = await teller.signal(healthEvent(source, teller.fleet.accounts[0] ?? '', STORY_STARTS_AT));
    if (runId === undefined || !(await teller.ended(runId))) return;
    teller.say(
      `That is no outage of the data: the parked keys were shown to decrypt in ${target}. The intent stays open, and a tick looks every minute.`,
    );
    for (let tick = 0; tick < TICKS_MAX; tick += 1) {
      const started = await teller.tick();
      for (const next of started) await teller.ended(next);
      if (started.length > 0 && (await teller.isSettled())) break;
    }
    teller.say('Nobody had to remember it.');
  },
};
