import type { StateRule } from '../rule.ts';
import { objectsIn, textsIn } from '../walk.ts';

/** States.ALL stands alone and last; validators let other places pass, and Step Functions does not. */
export const statesAllLast: StateRule = {
  name: 'states-all-last',
  check: ({ state }) =>
    (['Retry', 'Catch'] as const).flatMap((field) =>
      objectsIn(state[field]).flatMap(({ ErrorEquals }, index, all) => {
        const names = textsIn(ErrorEquals);
        return names.includes('States.ALL') && (names.length > 1 || index < all.length - 1)
          ? [`has States.ALL in ${field}[${index}]; expected it alone and last.`]
          : [];
      }),
    ),
};
