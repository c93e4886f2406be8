import type { StateRule } from '../rule.ts';

/** Step Functions refuses a timeout on a Map. */
export const noMapTimeout: StateRule = {
  name: 'no-map-timeout',
  check: ({ state }) =>
    state.Type === 'Map' && 'TimeoutSeconds' in state ? ['is a Map with TimeoutSeconds, which Step Functions refuses.'] : [],
};
