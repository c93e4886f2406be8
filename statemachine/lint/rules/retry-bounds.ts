import type { StateRule } from '../rule.ts';
import { objectsIn } from '../walk.ts';

/** A Retry says how often and how long at most, and spreads what would otherwise come back all at once. */
export const retryBounds: StateRule = {
  name: 'retry-bounds',
  check: ({ state }) =>
    objectsIn(state.Retry).flatMap((retrier, index) => [
      ...['MaxAttempts', 'MaxDelaySeconds']
        .filter((field) => typeof retrier[field] !== 'number')
        .map((field) => `has no ${field} in Retry[${index}].`),
      ...(retrier.JitterStrategy === 'FULL' ? [] : [`has no JitterStrategy FULL in Retry[${index}].`]),
    ]),
};
