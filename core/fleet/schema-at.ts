import { z } from 'zod';
import type { FieldPath } from './field-path.ts';
import { fleetFileSchema } from './schema.ts';

/** The schemas one step further in: a union has several, and a step that leads nowhere has none. */
const inside = (schema: unknown, step: string | number): readonly unknown[] => {
  if (schema instanceof z.ZodDefault) return inside(schema.unwrap(), step);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => inside(option, step));
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, step) ? [schema.shape[step]] : [];
  return [];
};

const schemasAt = (path: FieldPath): readonly unknown[] =>
  path.reduce<readonly unknown[]>((schemas, step) => schemas.flatMap((schema) => inside(schema, step)), [fleetFileSchema]);

/** What the fleet file expects at a path, in the words of its schema. */
export const expectedAt = (path: FieldPath): string => {
  const [schema] = schemasAt(path);
  return (schema instanceof z.ZodType ? schema.description : undefined) ?? 'something else';
};

/** What a name may be where names are free: the fleets, the tags. */
export const expectedNameAt = (path: FieldPath): string => {
  const [schema] = schemasAt(path);
  const names = schema instanceof z.ZodRecord ? schema.keyType : undefined;
  return (names instanceof z.ZodType ? names.description : undefined) ?? 'another name';
};

/** The fields that exist at a path, in the order in which the schema has them. */
export const fieldsAt = (path: FieldPath): readonly string[] =>
  schemasAt(path)
    .flatMap((schema): readonly unknown[] => (schema instanceof z.ZodUnion ? schema.options : [schema]))
    .flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
