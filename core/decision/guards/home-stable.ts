import { instant, span } from '../../words/time.ts';
import { type Guard, type Objection, objecting, pass } from '../guard.ts';

const objections = {
  HOME_NOT_HEALTHY: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'the home is not healthy',
    liftedBy: 'a home that answers without trouble for the fleet’s stability window, or a person who overrides home-stable',
    overridable: true,
  },
  HOME_NOT_STABLE: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'the home is healthy, and has not been for long enough',
    liftedBy: 'the end of the fleet’s stability window, or a person who overrides home-stable',
    overridable: true,
  },
  HOME_UNKNOWN: {
    answer: 'unknown',
    turnsInto: 'approve',
    means: 'nobody can say for how long the home has been healthy',
    liftedBy: 'ticks that probe the home, or a person who overrides home-stable',
    overridable: true,
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** Nobody waits for a failback: it has the time to see whether the home stays well. */
export const homeStable: Guard<keyof typeof objections> = {
  name: 'home-stable',
  asks: 'Has the home been well for long enough to go back?',
  because: 'Regions recover in fits: a fleet that goes home too early has to leave again.',
  objections,
  judge: ({ request, fleet, homeHealthySince, start, now }) => {
    if (request.operation !== 'failback' || start.by === 'follow-up') return pass;
    if (homeHealthySince.kind === 'unknown')
      return object('HOME_UNKNOWN', `since when ${request.target} is healthy is not known (${homeHealthySince.why})`);
    const since = homeHealthySince.value;
    if (since === undefined) return object('HOME_NOT_HEALTHY', `${request.target} is not healthy`);
    const stableAt = since + fleet.failback.stableMinutes * 60_000;
    if (now >= stableAt) return pass;
    return object(
      'HOME_NOT_STABLE',
      `${request.target} is healthy since ${instant(since)}, and fleet ${request.fleet} wants that for ${span(stableAt - since)}`,
      `the end of the stability window at ${instant(stableAt)}, or a person who overrides home-stable`,
    );
  },
};
