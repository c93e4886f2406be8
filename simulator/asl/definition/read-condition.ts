import { parseTimestamp } from '../timestamp.ts';
import type { Comparable, Condition, Ordering } from './definition.ts';
import type { Fields } from './fields.ts';
import { readPath } from './read-path.ts';

const ORDERINGS: readonly Ordering[] = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];

interface Operator {
  readonly field: string;
  readonly type: Comparable;
  readonly ordering: Ordering;
}

const OPERATORS: readonly Operator[] = [
  ...(['String', 'Numeric', 'Timestamp'] as const).flatMap((type) =>
    ORDERINGS.map((ordering) => ({ field: type + ordering, type, ordering })),
  ),
  { field: 'BooleanEquals', type: 'Boolean', ordering: 'Equals' },
];

const fits = (type: Comparable, value: unknown): value is string | number | boolean => {
  if (type === 'Timestamp') return typeof value === 'string' && parseTimestamp(value) !== undefined;
  return typeof value === { String: 'string', Numeric: 'number', Boolean: 'boolean' }[type];
};

const readComparison = (fields: Fields): Condition => {
  const variable = readPath(fields, 'Variable', 'context-too');
  const found: Condition[] = [];
  for (const kind of ['IsPresent', 'IsNull'] as const) {
    const value = fields.optional(kind);
    if (value === undefined) continue;
    if (value !== true) fields.refuse(kind, 'expected true: one engine never matches false. Wrap it in Not.');
    found.push({ kind: kind === 'IsPresent' ? 'isPresent' : 'isNull', variable });
  }
  for (const { field, type, ordering } of OPERATORS) {
    const value = fields.optional(field);
    if (value !== undefined) {
      const operand = fits(type, value) ? value : fields.refuse(field, `expected a ${type.toLowerCase()}, got ${JSON.stringify(value)}.`);
      found.push({ kind: 'compare', variable, type, ordering, operand });
    }
    const pathField = `${field}Path`;
    if (fields.optional(pathField) !== undefined) {
      found.push({ kind: 'compare', variable, type, ordering, operand: readPath(fields, pathField, 'context-too') });
    }
  }
  const [only, second] = found;
  if (only === undefined || second !== undefined)
    return fields.refuse('Variable', `needs exactly one comparison of the common core, got ${found.length}.`);
  return only;
};

/** Reads one rule of a Choice, or one of the rules inside And, Or and Not; `fields` may hold Next besides. */
export const readCondition = (fields: Fields): Condition => {
  for (const field of ['And', 'Or'] as const) {
    if (fields.optional(field) === undefined) continue;
    const conditions = fields.list(field).map((raw, index) => {
      const inner = fields.item(field, index, raw);
      const condition = readCondition(inner);
      inner.finish();
      return condition;
    });
    if (conditions.length === 0) fields.refuse(field, 'has no rules.');
    return { kind: field === 'And' ? 'and' : 'or', conditions };
  }
  if (fields.optional('Not') === undefined) return readComparison(fields);
  const inner = fields.inner('Not');
  const condition = readCondition(inner);
  inner.finish();
  return { kind: 'not', condition };
};
