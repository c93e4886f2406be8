import { isDeepStrictEqual } from 'node:util';

/** In an expectation: a field that must not be there. */
export const ABSENT = Symbol('absent');
/** In an expectation: a field that must be there, whatever it says. */
export const PRESENT = Symbol('present');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array) && !(value instanceof Date);

const show = (value: unknown): string => (typeof value === 'symbol' ? `(${value.description})` : (JSON.stringify(value) ?? String(value)));

/**
 * Sentences about where an answer differs from what was expected. Fields that are not mentioned may say anything; lists
 * have to have the expected length.
 */
export const differences = (expected: unknown, actual: unknown, path = ''): readonly string[] => {
  const here = path === '' ? 'the answer' : path;
  if (expected === ABSENT) return actual === undefined ? [] : [`expected no ${here}, got ${show(actual)}`];
  if (expected === PRESENT) return actual === undefined ? [`expected ${here}, which is missing`] : [];
  if (isRecord(expected) && isRecord(actual)) {
    return Object.entries(expected).flatMap(([name, field]) => differences(field, actual[name], path === '' ? name : `${path}.${name}`));
  }
  if (Array.isArray(expected) && Array.isArray(actual) && expected.length === actual.length) {
    return expected.flatMap((item, index) => differences(item, actual[index], `${path}[${index}]`));
  }
  return isDeepStrictEqual(expected, actual) ? [] : [`expected ${here} to be ${show(expected)}, got ${show(actual)}`];
};
