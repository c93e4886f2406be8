import { region } from '../../../core/region.ts';
import { fleetsOf } from './fleets-of.ts';

export const ACCOUNT = '111122223333';
export const [HOME, STANDBY] = [region('us-east-1'), region('us-west-2')];
export const ALARM = `arn:aws:cloudwatch:${HOME}:${ACCOUNT}:alarm:app`;

export const KEY_IDS = Array.from({ length: 12 }, (_, index) => `mrk-${index.toString(16).padStart(32, '0')}`);

/** A fleet that uses whatever a fleet can use. */
const fleetsText = (posture: string, keys: string, proof = 'signatures'): string => `fleets:
  payments:
    accounts: ["${ACCOUNT}"]
    keys: ${keys}
    home: ${HOME}
    standbys: [${STANDBY}]
    posture: ${posture}
    proof: ${proof}
    alarms: ["${ALARM}"]
    cooldownMinutes: 30
    failback: { automatic: true, stableMinutes: 2 }
    drill: { schedule: "rate(7 days)", stopOnAlarms: ["${ALARM}"] }
    probe: { canaryKey: ${KEY_IDS[0]} }
`;
const BY_ID = `{ ids: [${KEY_IDS.join(', ')}] }`;

/** The fleet file that the stacks of the tours are made for. */
export const TOUR_FLEETS = fleetsText('automatic', BY_ID);

/** The fleet, with what differs in a tour. */
export const fleet = (posture: string, keys: string = BY_ID, proof?: string) => fleetsOf(fleetsText(posture, keys, proof));
