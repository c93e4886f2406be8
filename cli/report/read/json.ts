import type { z } from 'zod';
import { problemsOf } from '../../../core/words/problems.ts';
import { WrongUseError } from '../../wrong-use.ts';

/** Of a document that is wrong all over, the first problems say enough. */
const PROBLEMS_MAX = 5;

/**
 * A document of JSON that fits its schema.
 * @param schemaOf the schema, or what tells it by the document
 * @param where how sentences about it begin
 * @throws WrongUseError
 */
export const jsonAs = <S extends z.ZodType>(schemaOf: S | ((raw: unknown) => S), text: string, where: string): z.output<S> => {
  const raw = parsed(text, where);
  const schema = typeof schemaOf === 'function' ? schemaOf(raw) : schemaOf;
  const read = schema.safeParse(raw);
  if (read.success) return read.data;
  const problems = problemsOf(read.error, raw, 'the document').slice(0, PROBLEMS_MAX);
  throw new WrongUseError(problems.map((problem) => `${where}: ${problem}`));
};

/** A file of which each line is a document. @throws WrongUseError */
export const jsonLinesAs = <S extends z.ZodType>(schema: S, text: string, path: string): ReadonlyArray<z.output<S>> =>
  text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [jsonAs(schema, line, `${path}:${index + 1}`)]));

const parsed = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WrongUseError([`${where}: expected JSON (${error instanceof Error ? error.message : String(error)}).`]);
  }
};
