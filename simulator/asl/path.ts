import { isJsonObject, type JsonValue } from './json.ts';

/** A reference path: it selects at most one value. `$` starts at the data, `$$` at the context object. */
export interface Path {
  readonly text: string;
  readonly of: 'data' | 'context';
  readonly steps: readonly (string | number)[];
}

const STEP = /\.([A-Za-z_]\w*)|\['([^'\\]+)'\]|\[(\d{1,9})\]/y;

/**
 * Reads a reference path such as `$.batch.keys[0]` or `$$.Execution.Name`.
 * @returns undefined for anything more: filters, wildcards, slices and functions differ from engine to engine.
 */
export const parsePath = (text: string): Path | undefined => {
  if (!text.startsWith('$')) return undefined;
  const of = text.startsWith('$$') ? 'context' : 'data';
  const steps: (string | number)[] = [];
  let at = of === 'context' ? 2 : 1;
  while (at < text.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(text);
    if (step === null) return undefined;
    const [, dotted, quoted, index] = step;
    steps.push(index === undefined ? (dotted ?? quoted ?? '') : Number(index));
    at = STEP.lastIndex;
  }
  return { text, of, steps };
};

/** @returns the value that the path selects in `root`, or undefined when it selects nothing. */
export const select = (path: Path, root: JsonValue): JsonValue | undefined => {
  let value: JsonValue | undefined = root;
  for (const step of path.steps) {
    if (typeof step === 'number') value = Array.isArray(value) ? value[step] : undefined;
    else value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    if (value === undefined) return undefined;
  }
  return value;
};

/** What paths are looked up in: `$` in the data, `$$` in the context object. */
export interface Sources {
  readonly data: JsonValue;
  readonly context: JsonValue;
}

/** @returns what the path selects in the source it names, or undefined when it selects nothing. */
export const lookUp = (path: Path, { data, context }: Sources): JsonValue | undefined =>
  select(path, path.of === 'context' ? context : data);
