import { instant } from '../../words/time.ts';
import { type Guard, type Objection, objecting, pass, passBecause } from '../guard.ts';
import { isPersonal } from '../start.ts';

const objections = {
  STOP_SWITCH_ON: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'an operator threw a stop switch, for this fleet or for all',
    liftedBy: 'taking the switch back, or its expiry',
  },
  STOP_SWITCH_UNREADABLE: {
    answer: 'unknown',
    turnsInto: 'observe',
    means: 'nobody can say whether a stop switch is on, so nothing starts by itself',
    liftedBy: 'a coordination table that answers, or a person who starts the run',
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** Nothing starts while a stop switch is on, whoever asks. When the switches cannot be read, only people may start runs. */
export const stopSwitch: Guard<keyof typeof objections> = {
  name: 'stop-switch',
  asks: 'Is every stop switch off?',
  because: 'An operator must be able to keep everything still, at once and without a deployment.',
  objections,
  judge: ({ switches, start }) => {
    if (switches.kind === 'unknown') {
      if (isPersonal(start)) return passBecause(`the stop switches cannot be read (${switches.why}), and a person takes that upon them`);
      return object('STOP_SWITCH_UNREADABLE', `the stop switches cannot be read (${switches.why})`);
    }
    const thrown = switches.value[0];
    if (thrown === undefined) return pass;
    return object(
      'STOP_SWITCH_ON',
      `${thrown.owner} threw the ${thrown.scope} stop switch: ${thrown.reason}`,
      `taking the switch back, or its expiry at ${instant(thrown.expiresAt)}`,
    );
  },
};
