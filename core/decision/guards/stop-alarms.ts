import { instant } from '../../words/time.ts';
import { type Guard, type Objection, objecting, pass, passBecause } from '../guard.ts';
import { isAutomatic } from '../start.ts';

const objections = {
  STOP_ALARM_RINGS: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'a drill would begin while an alarm that ends it is in ALARM',
    liftedBy: 'that alarm’s change to OK, taking it off drill.stopOnAlarms in the fleet file, or a person who overrides stop-alarms',
    overridable: true,
  },
  STOP_ALARMS_UNKNOWN: {
    answer: 'unknown',
    turnsInto: 'approve',
    means: 'nobody can say whether an alarm that ends drills is in ALARM',
    liftedBy: 'a coordination table that answers, or a person who starts the drill',
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** An alarm calls a drill home when it goes off. One that rang before would call nobody: the drill would run without its brake. */
export const stopAlarms: Guard<keyof typeof objections> = {
  name: 'stop-alarms',
  asks: 'Are the alarms that end a drill quiet?',
  because: 'An alarm ends a drill when it goes off; one that rings already does not go off again.',
  objections,
  judge: ({ request, start, stopAlarms: ringing }) => {
    if (request.operation !== 'drill' || start.by === 'follow-up') return pass;
    if (ringing.kind === 'unknown') {
      const why = `whether an alarm of the drill rings cannot be read (${ringing.why})`;
      return isAutomatic(start) ? object('STOP_ALARMS_UNKNOWN', why) : passBecause(`${why}, and a person asks for it`);
    }
    const said = ringing.value.map(({ name, since }) => `${name} has been in ALARM since ${instant(since)}`);
    return said.length === 0 ? pass : object('STOP_ALARM_RINGS', `${said.join(', ')}, and would end the drill`);
  },
};
