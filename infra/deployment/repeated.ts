import type { Objection } from './objection.ts';
import type { Deployment } from './schema.ts';

/** What stands in a list twice is a slip, of which CloudFormation would only say that a name is taken. */
export const repeatedObjections = ({ memberAccounts = [], watchedRegions = [], notify }: Deployment): readonly Objection[] => [
  ...repeatedIn(['memberAccounts'], memberAccounts),
  ...repeatedIn(['watchedRegions'], watchedRegions),
  ...repeatedIn(['notify', 'emails'], notify.emails),
  ...repeatedIn(['notify', 'topics'], notify.topics),
];

const repeatedIn = (path: readonly string[], items: readonly string[]): readonly Objection[] =>
  items.flatMap((item, index) =>
    items.indexOf(item) === index ? [] : [{ path: [...path, index], expected: 'each entry once', got: `${item} a second time` }],
  );
