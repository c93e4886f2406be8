import { intentId } from '../../run/name.ts';
import { preempts } from '../../run/operation.ts';
import { type Guard, type Objection, objecting, pass, passBecause } from '../guard.ts';
import { leaseInForce } from '../preemption.ts';

const objections = {
  LEASE_HELD: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'a run that is as urgent or more so has the fleet at present',
    liftedBy: 'the end of that run',
  },
  LEASE_UNREADABLE: {
    answer: 'unknown',
    turnsInto: 'observe',
    means: 'nobody can say whether a run has the fleet at present',
    liftedBy: 'a coordination table that answers',
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** One run at a time may change a fleet. A more urgent one takes it away; a further run of the same intent waits for the first. */
export const lease: Guard<keyof typeof objections> = {
  name: 'lease',
  asks: 'Is the fleet free, or may this run take it away?',
  because: 'Two runs that move the same keys at once would undo each other’s work.',
  objections,
  judge: (circumstances) => {
    const { request } = circumstances;
    if (circumstances.lease.kind === 'unknown')
      return object('LEASE_UNREADABLE', `the fleet’s lease cannot be read (${circumstances.lease.why})`);
    const held = leaseInForce(circumstances);
    if (held === undefined) return pass;
    if (held.holder.startsWith(`${intentId(request)}-`))
      return passBecause(`run ${held.holder} of the same intent has the fleet, and is waited for`);
    if (preempts(request.operation, held.operation))
      return passBecause(`a ${request.operation} takes the fleet from run ${held.holder}, a ${held.operation}`);
    return object(
      'LEASE_HELD',
      `run ${held.holder} (${held.operation}) holds fleet ${request.fleet}, and a ${request.operation} does not pre-empt it`,
    );
  },
};
