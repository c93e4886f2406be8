import type { StateRule } from '../rule.ts';
import { objectsIn } from '../walk.ts';

/** A wait that shrinks from attempt to attempt is refused by Step Functions, and validators let it pass. */
export const backoffRate: StateRule = {
  name: 'backoff-rate',
  check: ({ state }) =>
    objectsIn(state.Retry)
      .filter(({ BackoffRate }) => BackoffRate !== undefined && !(typeof BackoffRate === 'number' && BackoffRate >= 1))
      .map(({ BackoffRate }) => `has BackoffRate ${JSON.stringify(BackoffRate)}; expected 1 or more.`),
};
