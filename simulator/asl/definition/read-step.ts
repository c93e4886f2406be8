import type { Fields } from './fields.ts';
import { readCatch, readRetry } from './read-errors.ts';
import { readFilterPath, readResultPath } from './read-path.ts';
import { readTemplate } from './read-template.ts';

/** What every state but Fail may have. */
export const readBase = (name: string, fields: Fields) => ({
  name,
  inputPath: readFilterPath(fields, 'InputPath'),
  outputPath: readFilterPath(fields, 'OutputPath'),
});

/** The state that follows; undefined at the end of the block. */
export const readNext = (fields: Fields): string | undefined => {
  const end = fields.optional('End');
  const next = fields.optionalText('Next');
  if (end !== undefined && end !== true) fields.refuse('End', 'expected true.');
  if ((end === true) === (next !== undefined)) fields.refuse('Next', 'a state needs either Next or End.');
  return next;
};

/** What Task and Map have in common. */
export const readFallible = (name: string, fields: Fields) => ({
  ...readBase(name, fields),
  next: readNext(fields),
  resultSelector: readTemplate(fields, 'ResultSelector'),
  resultPath: readResultPath(fields),
  retry: readRetry(fields),
  catch: readCatch(fields),
});
