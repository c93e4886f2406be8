import type { StateRule } from '../rule.ts';
import { isDistributed } from '../walk.ts';

/** A distributed Map says how many children run at once and how many may fail: the defaults are ten thousand and none. */
export const mapBounds: StateRule = {
  name: 'map-bounds',
  check: ({ state }) => {
    if (state.Type !== 'Map' || !isDistributed(state)) return [];
    return [
      ...(typeof state.ToleratedFailureCount === 'number'
        ? []
        : ['has no ToleratedFailureCount: one child that dies would stop its neighbours.']),
      ...('MaxConcurrency' in state || 'MaxConcurrencyPath' in state
        ? []
        : ['has neither MaxConcurrency nor MaxConcurrencyPath: it would start all its children at once.']),
    ];
  },
};
