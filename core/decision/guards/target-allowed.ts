import { type Guard, type Objection, objecting, pass, passBecause } from '../guard.ts';
import { isAutomatic } from '../start.ts';

const objections = {
  TARGET_NOT_OF_FLEET: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'the target is no Region of the fleet, or is the Region to leave',
    liftedBy: 'a target among the home and the standbys that the fleet file names',
  },
  TARGET_IN_TROUBLE: {
    answer: 'refuse',
    turnsInto: 'observe',
    means: 'the target has an open incident itself',
    liftedBy: 'the end of that incident, or another standby in the fleet file',
    overridable: true,
  },
  TARGET_UNCERTAIN: {
    answer: 'unknown',
    turnsInto: 'approve',
    means: 'nobody can say whether the target has an open incident',
    liftedBy: 'a coordination table that answers, or a person who approves',
  },
} as const satisfies Readonly<Record<string, Objection>>;

const object = objecting(objections);

/** Keys go only where their owners have allowed them, and not out of one incident into another. */
export const targetAllowed: Guard<keyof typeof objections> = {
  name: 'target-allowed',
  asks: 'May the primaries go to this target?',
  because: 'Where keys may live is a matter of residency, and a Region in trouble is no shelter.',
  objections,
  judge: ({ request, fleet, incidents, start }) => {
    const { source, target } = request;
    const regions: readonly string[] = [fleet.home, ...fleet.standbys];
    if (!regions.includes(target) || target === source)
      return object(
        'TARGET_NOT_OF_FLEET',
        `fleet ${request.fleet} may go from ${source} to ${regions.filter((name) => name !== source).join(', ')}, and not to ${target}`,
      );
    if (incidents.kind === 'unknown')
      return isAutomatic(start)
        ? object('TARGET_UNCERTAIN', `the open incidents cannot be read (${incidents.why})`)
        : passBecause(`the open incidents cannot be read (${incidents.why}), and the run was agreed to`);
    const trouble = incidents.value.find(({ region }) => region === target);
    return trouble === undefined ? pass : object('TARGET_IN_TROUBLE', `${target} has an open incident itself (${trouble.incident})`);
  },
};
