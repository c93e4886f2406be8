import type { z } from 'zod';
import { byteLines } from '../../../core/evidence/byte-lines.ts';
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

/** A file of which each line is a document, one at a time. @throws WrongUseError */
export function* jsonLinesAs<S extends z.ZodType>(schema: S, bytes: Uint8Array, path: string): Generator<z.output<S>> {
  // A mark at the beginning is no JSON, and is told as such.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let number = 0;
  for (const line of byteLines(bytes)) {
    number += 1;
    const text = decoder.decode(line);
    if (text.trim() !== '') yield jsonAs(schema, text, `${path}:${number}`);
  }
}

const parsed = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new WrongUseError([`${where}: expected JSON (${error instanceof Error ? error.message : String(error)}).`]);
  }
};
