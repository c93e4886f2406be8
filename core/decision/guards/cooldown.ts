import { instant } from '../../words/time.ts';
import { coolingOf } from '../cooling.ts';
import { exemptionOf } from '../exemption.ts';
import { type Guard, type Objection, objecting, pass, passBecause } from '../guard.ts';

const objections = {
  COOLDOWN: {
    answer: 'refuse',
    turnsInto: 'approve',
    means: 'the fleet was moved a short while ago',
    liftedBy: 'the end of the cooldown, `mrk-failover acknowledge`, or a person who approves',
  },
  COOLDOWN_UNKNOWN: {
    answer: 'unknown',
    turnsInto: 'approve',
    means: 'nobody can say when the fleet was moved last',
    liftedBy: 'a coordination table that answers, or a person who approves',
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** After a move a fleet rests: no further signal moves it by itself until the cooldown is over or an operator has looked at it. */
export const cooldown: Guard<keyof typeof objections> = {
  name: 'cooldown',
  asks: 'Has the fleet rested since its last move?',
  because: 'Signals of one trouble come in swarms, and a fleet that is moved again and again is worse off than one in a bad Region.',
  objections,
  judge: (circumstances) => {
    const { history, request } = circumstances;
    const exemption = exemptionOf(circumstances);
    if (history.kind === 'unknown') {
      if (exemption !== undefined) return passBecause(`the fleet’s history cannot be read (${history.why}), and ${exemption}`);
      return object('COOLDOWN_UNKNOWN', `the history of fleet ${request.fleet} cannot be read (${history.why})`);
    }
    const cooling = coolingOf(history.value, circumstances);
    if (cooling === undefined) return pass;
    const rests = `run ${cooling.move.runId} moved fleet ${request.fleet} to ${cooling.move.target} at ${instant(cooling.move.endedAt)}`;
    if (exemption !== undefined) return passBecause(`${rests}, and the cooldown does not bind: ${exemption}`);
    return object(
      'COOLDOWN',
      `${rests}, and rests until ${instant(cooling.until)}`,
      `the end of the cooldown at ${instant(cooling.until)}, \`mrk-failover acknowledge ${request.fleet}\`, or a person who approves`,
    );
  },
};
