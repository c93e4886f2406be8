import type { Fleet } from '../../core/fleet/schema.ts';
import { memberAccounts, sensorPlaces } from './places.ts';
import type { Deployment } from './schema.ts';

/** More accounts than that are rolled out by a list of one's own. */
const ACCOUNTS_NAMED_MAX = 50;

/** Which of the templates belongs where, a line each. */
export const placesInWords = (deployment: Deployment, fleets: ReadonlyMap<string, Fleet>): readonly string[] => {
  const sensors = Map.groupBy(sensorPlaces(deployment, fleets), ({ account }) => account);
  const members = memberAccounts(deployment, fleets);
  return [
    ...deployment.control.regions.map((region) => `mrk-failover-control-${region}: account ${deployment.account}, ${region}`),
    ...(members.length > ACCOUNTS_NAMED_MAX
      ? [`mrk-failover-member: ${members.length} accounts, one Region each`]
      : [`mrk-failover-member: accounts ${members.join(', ')}, one Region each`]),
    ...[...sensors]
      .slice(0, ACCOUNTS_NAMED_MAX)
      .map(([account, places]) => `mrk-failover-sensor: account ${account}, ${places.map(({ region }) => region).join(', ')}`),
    ...(sensors.size > ACCOUNTS_NAMED_MAX ? [`mrk-failover-sensor: and ${sensors.size - ACCOUNTS_NAMED_MAX} accounts more`] : []),
  ];
};
