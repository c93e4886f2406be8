import type { StackTemplate } from './stacks.ts';

/** Every statement of every policy, as it was last looked through by a person. */
export const GRANTS_FILE = new URL('../../infra/permissions/grants.txt', import.meta.url);

/** All but the second control Region, which has what the first has. */
export const stacksLookedAt = (stacks: readonly StackTemplate[]): readonly StackTemplate[] =>
  stacks.filter(({ name }) => name !== 'mrk-failover-control-eu-west-2');
