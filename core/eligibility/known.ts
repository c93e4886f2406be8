import { pass, type Rule, refuse } from './rule.ts';

/** Some Region must know the key. Where every Region answers that it does not, there is nothing to move. */
export const known: Rule = ({ readings }) =>
  readings.size > 0 && [...readings.values()].every((reading) => reading.kind === 'failure' && reading.code === 'not-found')
    ? refuse('NOT_FOUND', `not known in ${[...readings.keys()].join(', ')}`)
    : pass;
