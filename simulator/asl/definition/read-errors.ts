import { TERMINAL_ERRORS } from '../failure.ts';
import type { Catcher, Retrier } from './definition.ts';
import type { Fields } from './fields.ts';
import { readResultPath } from './read-path.ts';

/** The largest number of seconds that the language knows, about three years. */
export const SECONDS_MAX = 99_999_999;

const readErrorEquals = (fields: Fields, isLast: boolean): readonly string[] => {
  const names = fields
    .list('ErrorEquals')
    .map((name) => (typeof name === 'string' ? name : fields.refuse('ErrorEquals', 'expected names of errors.')));
  if (names.length === 0) fields.refuse('ErrorEquals', 'names no error.');
  if (names.includes('States.ALL') && (names.length > 1 || !isLast)) fields.refuse('ErrorEquals', 'States.ALL must stand alone and last.');
  const terminal = names.find((name) => TERMINAL_ERRORS.has(name));
  if (terminal !== undefined) fields.refuse('ErrorEquals', `${terminal} ends the execution whatever Retry and Catch say.`);
  return names;
};

const readBackoffRate = (fields: Fields): number => {
  const rate = fields.optional('BackoffRate') ?? 2;
  return typeof rate === 'number' && rate >= 1
    ? rate
    : fields.refuse('BackoffRate', `expected a number of 1 or more, got ${JSON.stringify(rate)}.`);
};

const readJitter = (fields: Fields): 'FULL' | 'NONE' => {
  const strategy = fields.optional('JitterStrategy') ?? 'NONE';
  return strategy === 'FULL' || strategy === 'NONE'
    ? strategy
    : fields.refuse('JitterStrategy', `expected FULL or NONE, got ${JSON.stringify(strategy)}.`);
};

/** Defaults: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html#error-handling-retrying-after-an-error */
export const readRetry = (fields: Fields): readonly Retrier[] =>
  fields.optionalList('Retry').map((raw, index, all) => {
    const retrier = fields.item('Retry', index, raw);
    const read: Retrier = {
      errorEquals: readErrorEquals(retrier, index === all.length - 1),
      intervalSeconds: retrier.optionalInteger('IntervalSeconds', 1, SECONDS_MAX) ?? 1,
      maxAttempts: retrier.optionalInteger('MaxAttempts', 0, SECONDS_MAX) ?? 3,
      backoffRate: readBackoffRate(retrier),
      maxDelaySeconds: retrier.optionalInteger('MaxDelaySeconds', 1, 31_622_400),
      jitter: readJitter(retrier),
    };
    retrier.finish();
    return read;
  });

export const readCatch = (fields: Fields): readonly Catcher[] =>
  fields.optionalList('Catch').map((raw, index, all) => {
    const catcher = fields.item('Catch', index, raw);
    const read: Catcher = {
      errorEquals: readErrorEquals(catcher, index === all.length - 1),
      resultPath: readResultPath(catcher),
      next: catcher.text('Next'),
    };
    catcher.finish();
    return read;
  });
