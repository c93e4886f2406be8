import type { Fleet } from '../../core/fleet/schema.ts';
import type { Objection } from './objection.ts';
import { regionsOfFleets } from './places.ts';
import type { Deployment } from './schema.ts';

/** Whatever a fleet has must be within reach: its accounts among the members, its Regions among the watched, topics where they are used. */
export const reachObjections = (deployment: Deployment, fleets: ReadonlyMap<string, Fleet>): readonly Objection[] => {
  const { memberAccounts, watchedRegions, notify, control } = deployment;
  const stranger = [...fleets].flatMap(([name, fleet]) =>
    fleet.accounts.filter((account) => memberAccounts?.includes(account) === false).map((account) => ({ name, account })),
  )[0];
  const unwatched = watchedRegions === undefined ? [] : regionsOfFleets(fleets).filter((region) => !watchedRegions.includes(region));
  const far = notify.topics.findIndex((topic) => !control.regions.some((region) => topic.startsWith(`arn:aws:sns:${region}:`)));
  return [
    ...(stranger === undefined
      ? []
      : [
          {
            path: ['memberAccounts'],
            expected: `every account of a fleet, ${stranger.account} of fleet ${stranger.name} among them`,
            got: `a list without it`,
          },
        ]),
    ...(unwatched.length === 0
      ? []
      : [
          { path: ['watchedRegions'], expected: `every Region of a fleet, ${unwatched.join(', ')} among them`, got: 'a list without that' },
        ]),
    ...(far === -1
      ? []
      : [
          {
            path: ['notify', 'topics', far],
            expected: `a topic in a control Region (${control.regions.join(', ')}), because alarms reach no other`,
            got: String(notify.topics[far]),
          },
        ]),
  ];
};
