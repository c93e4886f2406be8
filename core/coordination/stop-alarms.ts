import type { AlarmChange } from '../signal/alarm.ts';
import { spokenAt } from './spoken-at.ts';

/** What one of a fleet's `stopOnAlarms` said last. */
interface StopAlarm {
  readonly arn: string;
  readonly name: string;
  readonly isRinging: boolean;
  /** Since when, in epoch milliseconds. */
  readonly since: number;
}

/** What a fleet has heard of the alarms that end its drills. Item `watch` / `<fleet>/stop-alarms`. */
export interface FleetStopAlarms {
  readonly alarms: readonly StopAlarm[];
}

/** Under which name a fleet's are kept, beside what it has heard of incidents: no fleet's name has a slash. */
export const stopAlarmsOf = (fleetName: string): string => `${fleetName}/stop-alarms`;

/**
 * What is known after an alarm changed; undefined when that says nothing new. Changes come in any order. An alarm that has lost its
 * data is neither: one that rang rings until it is OK.
 * @param arns those that the fleet names; what is known of others is forgotten
 */
export const withStopAlarm = (
  all: FleetStopAlarms | undefined,
  { arn, name, state, since: dated }: AlarmChange,
  arns: readonly string[],
  now: number,
): FleetStopAlarms | undefined => {
  if (state !== 'ALARM' && state !== 'OK') return undefined;
  const before = all?.alarms ?? [];
  const since = spokenAt(dated, now);
  if (before.some((alarm) => alarm.arn === arn && alarm.since >= since)) return undefined;
  const others = before.filter((alarm) => alarm.arn !== arn && arns.includes(alarm.arn));
  return { alarms: [...others, { arn, name, isRinging: state === 'ALARM', since }] };
};

/** The fleet's stop alarms that ring. */
export const ringingOf = (all: FleetStopAlarms | undefined, arns: readonly string[]): readonly StopAlarm[] =>
  (all?.alarms ?? []).filter(({ arn, isRinging }) => isRinging && arns.includes(arn));
