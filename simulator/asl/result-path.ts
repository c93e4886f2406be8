import { StateFailure } from './failure.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/** Where a result goes in the state's input: it replaces it (`whole`), it is thrown away, or it is put under these names. */
export type ResultPath = 'whole' | 'discard' | readonly string[];

const put = (input: JsonValue, names: readonly string[], result: JsonValue): JsonObject => {
  const [name, ...rest] = names;
  if (name === undefined || !isJsonObject(input)) {
    throw new StateFailure('States.ResultPathMatchFailure', 'ResultPath leads through a value that is not an object.');
  }
  const inner = Object.hasOwn(input, name) ? input[name] : undefined;
  return { ...input, [name]: rest.length === 0 ? result : put(inner ?? {}, rest, result) };
};

/**
 * Combines a state's raw input with its result.
 * @throws StateFailure `States.ResultPathMatchFailure` when the path leads through something that is not an object.
 */
export const applyResultPath = (resultPath: ResultPath, input: JsonValue, result: JsonValue): JsonValue => {
  if (resultPath === 'whole') return result;
  if (resultPath === 'discard') return input;
  return put(input, resultPath, result);
};
