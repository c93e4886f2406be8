import type { Region } from '../region.ts';
import { regionsOf } from '../run/request.ts';
import type { Fleet, FleetAlarm } from './schema.ts';

/** The ARN of an alarm that a fleet names, however it names it. */
export const arnOfAlarm = (alarm: FleetAlarm): string => (typeof alarm === 'string' ? alarm : alarm.arn);

/**
 * The Region that an alarm speaks of: the one that the fleet file says it watches, else the one that it lives in, if that is one of
 * the fleet's. Undefined where neither tells: it then speaks of wherever the primaries are.
 */
export const regionWatchedBy = (
  fleet: Pick<Fleet, 'alarms' | 'home' | 'standbys'>,
  { arn, region }: { readonly arn: string; readonly region: Region },
): Region | undefined => {
  const named = fleet.alarms.find((alarm) => arnOfAlarm(alarm) === arn);
  const watched: string = typeof named === 'object' ? named.watches : region;
  return regionsOf(fleet).find((own) => own === watched);
};
