import type { StateRule } from '../rule.ts';
import { objectsIn, type Placed, textsIn } from '../walk.ts';

const catchesAll = ({ state }: Pick<Placed, 'state'>): boolean =>
  objectsIn(state.Catch).some(({ ErrorEquals }) => textsIn(ErrorEquals).includes('States.ALL'));

/** A Map that bears the loss of a child, or that goes on elsewhere when it fails as a whole. */
const bearsFailures = (map: Placed): boolean =>
  catchesAll(map) || (typeof map.state.ToleratedFailureCount === 'number' && map.state.ToleratedFailureCount > 0);

/** No Task may take the whole run down with it: it catches everything, or a Map around it bears its failure. */
export const catchAll: StateRule = {
  name: 'catch',
  check: (placed, { catchExceptions }) => {
    if (placed.state.Type !== 'Task' || catchExceptions.includes(placed.name)) return [];
    if (catchesAll(placed) || placed.maps.some(bearsFailures)) return [];
    return ['has no Catch for States.ALL, and no Map around it tolerates or catches failures.'];
  },
};
