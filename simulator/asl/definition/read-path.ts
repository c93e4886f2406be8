import { type Path, parsePath } from '../path.ts';
import type { ResultPath } from '../result-path.ts';
import type { FilterPath } from './definition.ts';
import type { Fields } from './fields.ts';

/** What the context object holds on every engine. `Map` is filled in an ItemSelector only. */
const CONTEXT_PATHS: readonly string[] = [
  'Execution.Name',
  'Execution.Id',
  'Execution.Input',
  'Execution.StartTime',
  'State.Name',
  'State.EnteredTime',
];
const CONTEXT_PATHS_OF_ITEMS: readonly string[] = [...CONTEXT_PATHS, 'Map.Item.Value', 'Map.Item.Index'];

const WHOLE: Path = { text: '$', of: 'data', steps: [] };

/** Refuses a `$$` path to something that the context object does not hold on every engine. */
export const checkContextPath = (fields: Fields, field: string, path: Path, inItemSelector: boolean): void => {
  if (path.of === 'data') return;
  const known = inItemSelector ? CONTEXT_PATHS_OF_ITEMS : CONTEXT_PATHS;
  if (known.some((start) => `${path.steps.join('.')}.`.startsWith(`${start}.`))) return;
  fields.refuse(field, `${path.text} is not in the part of the context object that the common core has here: ${known.join(', ')}.`);
};

/** A path into the state's data, or into the context object when `context` allows it. */
export const readPath = (fields: Fields, field: string, context: 'data-only' | 'context-too'): Path => {
  const text = fields.text(field);
  const path = parsePath(text) ?? fields.refuse(field, `expected a reference path such as $.batch.number, got ${text}.`);
  if (path.of === 'context' && context === 'data-only') fields.refuse(field, `expected a path that starts with a single $, got ${text}.`);
  checkContextPath(fields, field, path, false);
  return path;
};

/** InputPath or OutputPath; the whole when it is missing. */
export const readFilterPath = (fields: Fields, field: 'InputPath' | 'OutputPath'): FilterPath => {
  const value = fields.optional(field);
  if (value === undefined) return WHOLE;
  return value === null ? null : readPath(fields, field, 'data-only');
};

/** A path into the data; the whole when it is missing. */
export const readDataPath = (fields: Fields, field: string): Path =>
  fields.optional(field) === undefined ? WHOLE : readPath(fields, field, 'data-only');

export const readResultPath = (fields: Fields): ResultPath => {
  const value = fields.optional('ResultPath');
  if (value === undefined) return 'whole';
  if (value === null) return 'discard';
  const { steps } = readPath(fields, 'ResultPath', 'data-only');
  if (steps.length === 0)
    fields.refuse('ResultPath', '"$" is what a missing ResultPath means, and one engine takes it for a name: leave it out.');
  return steps.map((step) => (typeof step === 'string' ? step : fields.refuse('ResultPath', 'an index in a ResultPath is not portable.')));
};
