import { arnOfAlarm } from '../../core/fleet/alarm.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { AccountId, Region } from '../../core/region.ts';
import type { Deployment } from './schema.ts';

/**
 * Where AWS Health delivers the second copy of its events: us-west-2 for every Region, us-east-1 for us-west-2; global events come
 * to us-east-1. https://docs.aws.amazon.com/health/latest/ug/choosing-a-region.html
 */
const ALWAYS_WATCHED = ['us-west-2', 'us-east-1'] as readonly string[] as readonly Region[];

const each = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** The Regions that fleets have keys in, or may move them to. */
export const regionsOfFleets = (fleets: ReadonlyMap<string, Fleet>): readonly Region[] =>
  each([...fleets.values()].flatMap(({ home, standbys }) => [home, ...standbys]));

/** The accounts that own keys. */
export const memberAccounts = (deployment: Deployment, fleets: ReadonlyMap<string, Fleet>): readonly AccountId[] =>
  deployment.memberAccounts ?? each([...fleets.values()].flatMap(({ accounts }) => accounts));

/** Where and for which account a stack is to be deployed. */
export interface Place {
  readonly account: AccountId;
  readonly region: Region;
}

/** Where the sensor stack belongs: per member account every watched Region and the two that Health copies to; besides, wherever a fleet's alarms are. */
export const sensorPlaces = (deployment: Deployment, fleets: ReadonlyMap<string, Fleet>): readonly Place[] => {
  const regions = each([...(deployment.watchedRegions ?? regionsOfFleets(fleets)), ...ALWAYS_WATCHED]);
  const places = memberAccounts(deployment, fleets).flatMap((account) => regions.map((region) => ({ account, region })));
  const ofAlarms = alarmsOf(fleets).flatMap((arn): Place[] => {
    const [, , , region, account] = arn.split(':');
    return [{ account: account as AccountId, region: region as Region }];
  });
  const known = new Map([...places, ...ofAlarms].map((place) => [`${place.account}/${place.region}`, place]));
  return [...known.values()];
};

/** The alarms that fleets name, as signals or to end a drill. */
export const alarmsOf = (fleets: ReadonlyMap<string, Fleet>): readonly string[] =>
  each([...fleets.values()].flatMap(({ alarms, drill }) => [...alarms.map(arnOfAlarm), ...drill.stopOnAlarms]));
