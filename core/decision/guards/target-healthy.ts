import { type Guard, type Objection, objecting, pass, passBecause } from '../guard.ts';
import { isAutomatic } from '../start.ts';
import { verdictIn } from '../verdict-in.ts';

const objections = {
  TARGET_IMPAIRED: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'probes find KMS in the target degraded or unreachable',
    liftedBy: 'probes that find the target healthy, or another standby in the fleet file',
    overridable: true,
  },
  TARGET_UNKNOWN: {
    answer: 'unknown',
    turnsInto: 'approve',
    means: 'the probes cannot say how KMS in the target is',
    liftedBy: 'probes that find the target healthy, or a person who approves',
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** A move needs both Regions, and leads to the one that has to carry the fleet afterwards. */
export const targetHealthy: Guard<keyof typeof objections> = {
  name: 'target-healthy',
  asks: 'Is KMS in the target well?',
  because: 'A move into a Region that is in trouble as well makes a bad day worse.',
  objections,
  judge: ({ request: { target }, verdicts, start }) => {
    const { verdict, why } = verdictIn(verdicts, target);
    if (verdict === 'healthy') return pass;
    if (verdict !== 'unknown') return object('TARGET_IMPAIRED', `KMS in ${target} is ${verdict}: ${why}`);
    return isAutomatic(start)
      ? object('TARGET_UNKNOWN', `how KMS in ${target} is, is not known: ${why}`)
      : passBecause(`how KMS in ${target} is, is not known (${why}), and the run was agreed to`);
  },
};
