import { z } from 'zod';
import type { FieldPath } from './field-path.ts';
import { fleetFileSchema } from './schema.ts';

/** The schema behind "may be left out" and behind a default. */
const bare = (schema: unknown): unknown =>
  schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;

/** The schemas one step further in: a union has several, and a step that leads nowhere has none. */
const inside = (wrapped: unknown, step: string | number): readonly unknown[] => {
  const schema = bare(wrapped);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => inside(option, step));
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, step) ? [schema.shape[step]] : [];
  return [];
};

/** What a file's schema says of the places in it. */
export interface SchemaWords {
  /** What is expected at a path, in the words of the schema. */
  readonly expectedAt: (path: FieldPath) => string;
  /** What a name may be where names are free: the fleets, the tags. */
  readonly expectedNameAt: (path: FieldPath) => string;
  /** The fields that exist at a path, in the order in which the schema has them. */
  readonly fieldsAt: (path: FieldPath) => readonly string[];
}

/** The words of a file's schema, by the paths of the file. */
export const wordsOf = (file: z.ZodType): SchemaWords => {
  const schemasAt = (path: FieldPath): readonly unknown[] =>
    path.reduce<readonly unknown[]>((schemas, step) => schemas.flatMap((schema) => inside(schema, step)), [file]);
  return {
    expectedAt: (path) => {
      const [schema] = schemasAt(path);
      return (schema instanceof z.ZodType ? schema.description : undefined) ?? 'something else';
    },
    expectedNameAt: (path) => {
      const [schema] = schemasAt(path);
      const names = schema instanceof z.ZodRecord ? schema.keyType : undefined;
      return (names instanceof z.ZodType ? names.description : undefined) ?? 'another name';
    },
    fieldsAt: (path) =>
      schemasAt(path)
        .map(bare)
        .flatMap((schema): readonly unknown[] => (schema instanceof z.ZodUnion ? schema.options : [schema]))
        .flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : [])),
  };
};

/** What the fleet file expects. */
export const fleetFileWords = wordsOf(fleetFileSchema);
export const { expectedAt, expectedNameAt, fieldsAt } = fleetFileWords;
