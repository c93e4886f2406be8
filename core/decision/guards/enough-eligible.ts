import type { Circumstances, Eligibility } from '../circumstances.ts';
import { type Guard, type GuardAnswer, type Objection, objecting, pass, passBecause } from '../guard.ts';
import { isAutomatic } from '../start.ts';

const objections = {
  TOO_FEW_ELIGIBLE: {
    answer: 'refuse',
    turnsInto: 'approve',
    means: 'fewer than half of the keys that were looked at could be moved to the target',
    liftedBy: 'replicas and rights in the target for more of the keys, or a person who approves',
  },
  NOT_ALL_ELIGIBLE: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'a switchover moves a whole fleet or nothing, and some of its keys could not be moved',
    liftedBy: 'making every key eligible, an exception in the fleet file, or a person who overrides enough-eligible',
    overridable: true,
  },
  ELIGIBILITY_UNKNOWN: {
    answer: 'unknown',
    turnsInto: 'approve',
    means: 'nobody could look at whether the keys can be moved to the target',
    liftedBy: 'a target that lets its keys be described, or a person who takes it upon them',
    overridable: true,
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** In an incident few is better than none, but not without a person. A planned switchover has time to get every key ready first. */
export const enoughEligible: Guard<keyof typeof objections> = {
  name: 'enough-eligible',
  asks: 'Can enough of the keys be moved to this target?',
  because: 'A fleet that is torn between two Regions is harder to run than one that waits.',
  objections,
  judge: (circumstances) => {
    const { eligibility, request, start } = circumstances;
    if (start.by === 'follow-up') return pass;
    const isBound = request.operation === 'switchover' || isAutomatic(start);
    if (eligibility.kind === 'unknown')
      return isBound
        ? object('ELIGIBILITY_UNKNOWN', `whether the keys can be moved to ${request.target} is not known (${eligibility.why})`)
        : pass;
    return request.operation === 'switchover' ? ofSwitchover(eligibility.value) : ofOthers(eligibility.value, circumstances);
  },
};

const counted = ({ eligible, looked, because }: Eligibility): string => {
  if (looked === 0) return 'no key was found that could be looked at';
  return `${eligible} of ${looked} keys that were looked at can be moved${because.length > 0 ? ` (${because.join(', ')})` : ''}`;
};

const ofSwitchover = (found: Eligibility): GuardAnswer<keyof typeof objections> =>
  found.looked > 0 && found.eligible === found.looked
    ? pass
    : object('NOT_ALL_ELIGIBLE', `a switchover needs every key, and ${counted(found)}`);

const ofOthers = (found: Eligibility, { start }: Circumstances): GuardAnswer<keyof typeof objections> => {
  if (found.looked > 0 && 2 * found.eligible >= found.looked) return pass;
  return isAutomatic(start) ? object('TOO_FEW_ELIGIBLE', counted(found)) : passBecause(`${counted(found)}, and the run was agreed to`);
};
