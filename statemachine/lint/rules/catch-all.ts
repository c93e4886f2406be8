import type { StateRule } from '../rule.ts';
import { objectsIn, type Placed, textsIn } from '../walk.ts';

const toleratesFailures = ({ state }: Placed): boolean =>
  typeof state.ToleratedFailureCount === 'number' && state.ToleratedFailureCount > 0;

/** No Task may take the whole run down with it: it catches everything, or is in a Map that bears the loss of one child. */
export const catchAll: StateRule = {
  name: 'catch',
  check: ({ state, maps }) => {
    if (state.Type !== 'Task' || maps.some(toleratesFailures)) return [];
    const catches = objectsIn(state.Catch).some(({ ErrorEquals }) => textsIn(ErrorEquals).includes('States.ALL'));
    return catches ? [] : ['has no Catch for States.ALL, and no Map around it tolerates failures.'];
  },
};
