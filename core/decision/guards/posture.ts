import { type Guard, type Objection, objecting, pass } from '../guard.ts';
import { isAutomatic } from '../start.ts';

const objections = {
  POSTURE_OBSERVE: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'the fleet only observes: nothing moves its keys without a person',
    liftedBy: 'a person who starts the run, or posture: approve or automatic in the fleet file',
  },
  POSTURE_APPROVE: {
    answer: 'refuse',
    turnsInto: 'approve',
    means: 'the fleet wants a person to agree before a signal moves its keys',
    liftedBy: 'a person who approves the decision or starts the run, or posture: automatic in the fleet file',
  },
  FAILBACK_BY_HAND: {
    answer: 'refuse',
    turnsInto: 'approve',
    means: 'the fleet does not go home by itself',
    liftedBy: 'a person who approves the decision or starts the failback, or failback: { automatic: true } in the fleet file',
  },
  APPROVER_UNKNOWN: {
    answer: 'unknown',
    turnsInto: 'approve',
    means: 'the run is said to be approved, and nobody can say by whom',
    liftedBy: 'a person who approves the decision, so that their name is on record, or starts the run',
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/**
 * A person who starts or approves a run has decided already, and so has whoever started the first run of an intent that goes on.
 * A drill's schedule stands in the fleet file, which is agreement enough under every posture but observe.
 */
export const posture: Guard<keyof typeof objections> = {
  name: 'posture',
  asks: 'May this fleet be moved without a person?',
  because: 'Moving thousands of primaries in the middle of an incident is a decision that its owners take beforehand or take themselves.',
  objections,
  judge: ({ start, fleet, request }) => {
    if (start.by === 'approval' && start.approvedBy === undefined)
      return object('APPROVER_UNKNOWN', 'the run is said to be approved, and there is no record of who approved it');
    if (!isAutomatic(start)) return pass;
    if (fleet.posture === 'observe')
      return object('POSTURE_OBSERVE', `fleet ${request.fleet} has the posture "observe", so nothing but a person moves its keys`);
    if (start.by === 'schedule') return pass;
    if (fleet.posture === 'approve')
      return object(
        'POSTURE_APPROVE',
        `fleet ${request.fleet} has the posture "approve", so a person is asked before a signal moves its keys`,
      );
    if (request.operation === 'failback' && !fleet.failback.automatic)
      return object('FAILBACK_BY_HAND', `the fleet file does not let fleet ${request.fleet} go home by itself`);
    return pass;
  },
};
