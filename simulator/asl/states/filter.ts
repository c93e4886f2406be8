import type { FilterPath } from '../definition/definition.ts';
import { runtimeFailure } from '../failure.ts';
import type { JsonValue } from '../json.ts';
import { select } from '../path.ts';

/** What InputPath or OutputPath lets through: null gives an empty object. @throws StateFailure `States.Runtime` when it selects nothing. */
export const filter = (path: FilterPath, value: JsonValue): JsonValue => {
  if (path === null) return {};
  const selected = select(path, value);
  if (selected === undefined)
    throw runtimeFailure(
      `The path ${path.text} selects nothing in ${path.text.startsWith('$$') ? 'the context' : 'the data'} of the state.`,
    );
  return selected;
};
