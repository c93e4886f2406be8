import { parseExpression, pathsOf } from '../expression.ts';
import { isJsonObject, type JsonValue } from '../json.ts';
import type { Template } from '../payload-template.ts';
import type { Fields } from './fields.ts';
import { checkContextPath } from './read-path.ts';

const compile = (fields: Fields, field: string, raw: JsonValue, inItemSelector: boolean): Template => {
  if (Array.isArray(raw)) {
    const items = raw.map((item, index) => compile(fields, `${field}[${index}]`, item, inItemSelector));
    return items.every((item) => item.kind === 'literal') ? { kind: 'literal', value: raw } : { kind: 'array', items };
  }
  if (!isJsonObject(raw)) return { kind: 'literal', value: raw };
  const compiled = Object.entries(raw).map(([name, value]) => {
    if (!name.endsWith('.$')) return [name, compile(fields, `${field}.${name}`, value, inItemSelector)] as const;
    return [name.slice(0, -2), computed(fields, `${field}.${name}`, value, inItemSelector)] as const;
  });
  if (new Set(compiled.map(([name]) => name)).size < compiled.length)
    fields.refuse(field, 'gives the same field twice, once with .$ and once without.');
  return compiled.every(([, value]) => value.kind === 'literal') ? { kind: 'literal', value: raw } : { kind: 'object', fields: compiled };
};

const computed = (fields: Fields, field: string, raw: JsonValue, inItemSelector: boolean): Template => {
  const expression = typeof raw === 'string' ? parseExpression(raw) : undefined;
  if (expression === undefined) {
    return fields.refuse(field, `expected a reference path, States.MathAdd(…) or States.Format(…), got ${JSON.stringify(raw)}.`);
  }
  for (const path of pathsOf(expression)) checkContextPath(fields, field, path, inItemSelector);
  return { kind: 'expression', expression };
};

/** A payload template in `field`; undefined when the field is missing. */
export const readTemplate = (fields: Fields, field: 'Parameters' | 'ItemSelector' | 'ResultSelector'): Template | undefined => {
  const raw = fields.optional(field);
  if (raw === undefined) return undefined;
  if (!isJsonObject(raw)) fields.refuse(field, 'expected an object.');
  return compile(fields, field, raw, field === 'ItemSelector');
};

/** The `Payload` or `Payload.$` of a Lambda call. */
export const readPayload = (fields: Fields): Template => {
  const literal = fields.optional('Payload');
  const path = fields.optional('Payload.$');
  if (literal !== undefined && path !== undefined) fields.refuse('Payload', 'is given twice, once with .$ and once without.');
  if (path !== undefined) return computed(fields, 'Payload.$', path, false);
  return compile(
    fields,
    'Payload',
    literal ?? fields.refuse('Payload', 'is missing; write "Payload.$": "$" to send the whole input.'),
    false,
  );
};
