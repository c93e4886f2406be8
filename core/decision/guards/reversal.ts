import { instant } from '../../words/time.ts';
import type { Circumstances } from '../circumstances.ts';
import { coolingOf } from '../cooling.ts';
import { exemptionOf } from '../exemption.ts';
import { type Guard, type Objection, objecting, pass, passBecause } from '../guard.ts';
import { type Known, known } from '../known.ts';

const objections = {
  REVERSAL: {
    answer: 'refuse',
    turnsInto: 'approve',
    means: 'the run would undo the fleet’s last move, and what that was for is not over',
    liftedBy: 'the end of the incident, of its intent and of the cooldown, or a person who approves',
  },
  REVERSAL_UNKNOWN: {
    answer: 'unknown',
    turnsInto: 'approve',
    means: 'nobody can say whether the run would undo a move that is still wanted',
    liftedBy: 'a coordination table that answers, or a person who approves',
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** No signal moves a fleet back to where it has just come from: from A to B to A is how orchestrators fight each other. */
export const reversal: Guard<keyof typeof objections> = {
  name: 'reversal',
  asks: 'Would this undo a move that is still wanted?',
  because: 'Two Regions in trouble, or two deciders who see half of it each, would send a fleet to and fro.',
  objections,
  judge: (circumstances) => {
    const { history, request } = circumstances;
    const exemption = exemptionOf(circumstances);
    const wanted = stillWanted(circumstances);
    if (wanted.kind === 'unknown') {
      if (exemption !== undefined) return passBecause(`whether this undoes a move is not known (${wanted.why}), and ${exemption}`);
      return object('REVERSAL_UNKNOWN', `whether this undoes a move that is still wanted is not known (${wanted.why})`);
    }
    if (wanted.value === undefined || history.kind === 'unknown') return pass;
    const undoes = `this would undo run ${history.value.lastMove?.runId}, which brought fleet ${request.fleet} to ${request.source}`;
    return exemption === undefined
      ? object('REVERSAL', `${undoes}, and ${wanted.value}`)
      : passBecause(`${undoes}, and that does not bind: ${exemption}`);
  },
};

/** Why the last move, which the request would undo, is wanted still; undefined when it undoes nothing, or nothing that is wanted. */
const stillWanted = (circumstances: Circumstances): Known<string | undefined> => {
  const { history, request, lastMoveOpen, incidents } = circumstances;
  if (history.kind === 'unknown') return history;
  const move = history.value.lastMove;
  if (move === undefined || move.source !== request.target || move.target !== request.source) return known(undefined);
  const cooling = coolingOf(history.value, circumstances);
  if (cooling !== undefined) return known(`its cooldown lasts until ${instant(cooling.until)}`);
  if (lastMoveOpen.kind === 'unknown') return lastMoveOpen;
  if (lastMoveOpen.value) return known(`its intent ${move.intent} waits for keys still`);
  if (incidents.kind === 'unknown') return incidents;
  return known(
    incidents.value.some(({ incident }) => incident === move.incident) ? `its incident ${move.incident} is open still` : undefined,
  );
};
