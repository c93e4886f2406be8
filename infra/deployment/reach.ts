import type { Fleet } from '../../core/fleet/schema.ts';
import { NAMED_ACCOUNTS_MAX } from './named-accounts.ts';
import type { Objection } from './objection.ts';
import { memberAccounts as membersOf, regionsOfFleets } from './places.ts';
import type { Deployment } from './schema.ts';

/** Whatever a fleet has must be within reach: its accounts among the members, its Regions among the watched, topics where they are used. */
export const reachObjections = (deployment: Deployment, fleets: ReadonlyMap<string, Fleet>): readonly Objection[] => {
  const { account, memberAccounts, watchedRegions, notify, control } = deployment;
  const stranger = [...fleets].flatMap(([name, fleet]) =>
    fleet.accounts.filter((each) => memberAccounts?.includes(each) === false).map((each) => ({ name, account: each })),
  )[0];
  const unwatched = watchedRegions === undefined ? [] : regionsOfFleets(fleets).filter((region) => !watchedRegions.includes(region));
  const far = notify.topics.findIndex((topic) => !control.regions.some((region) => topic.startsWith(`arn:aws:sns:${region}:${account}:`)));
  const members = membersOf(deployment, fleets).length;
  return [
    ...(members <= NAMED_ACCOUNTS_MAX || deployment.organizationId !== undefined
      ? []
      : [
          {
            path: ['organizationId'],
            expected: `the ID of your organization, because more than ${NAMED_ACCOUNTS_MAX} accounts cannot be named one by one in the policy of the bus`,
            got: `nothing, for ${members} accounts`,
          },
        ]),
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
            expected: `a topic of account ${account} in a control Region (${control.regions.join(', ')}), because rules and alarms reach no other`,
            got: String(notify.topics[far]),
          },
        ]),
  ];
};
