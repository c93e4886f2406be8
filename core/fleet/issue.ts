import type { z } from 'zod';
import { gotText } from '../words/got.ts';
import { valueAt } from '../words/value-at.ts';
import type { FileDocument } from './document.ts';
import { type FieldPath, fieldText } from './field-path.ts';
import { nearest } from './nearest.ts';
import type { FleetFileProblem } from './problem.ts';
import { fleetFileWords, type SchemaWords } from './schema-at.ts';

type Issue = z.core.$ZodIssue;
type Finding = Pick<FleetFileProblem, 'kind' | 'expected' | 'got' | 'suggestion'> & {
  readonly path: FieldPath;
  readonly part: 'value' | 'name';
};

/** Leaves out an undefined suggestion, which the problem's type does not allow as a value. */
const meaning = (suggestion: string | undefined) => (suggestion === undefined ? {} : { suggestion });

const unknownField = (words: SchemaWords, value: unknown, parent: FieldPath, field: string): Finding => {
  const path = [...parent, field];
  const fields = words.fieldsAt(parent);
  const absent = fields.filter((name) => valueAt(value, [...parent, name]) === undefined);
  const expected = fields.length === 1 ? String(fields[0]) : `one of ${fields.join(', ')}`;
  return { kind: 'unknown-field', path, part: 'name', expected, got: gotText(valueAt(value, path)), ...meaning(nearest(field, absent)) };
};

/** A union went wrong: the branch that knows every field that is there tells best what is wrong with them. */
const wrongUnion = (words: SchemaWords, value: unknown, path: FieldPath, branches: readonly (readonly Issue[])[]): readonly Finding[] => {
  const found = valueAt(value, path);
  const [branch, ...others] = branches.filter(
    (issues) => !issues.some(({ code, path }) => code === 'unrecognized_keys' && path.length === 0),
  );
  const isMapping = typeof found === 'object' && found !== null && !Array.isArray(found);
  if (branch !== undefined && others.length === 0 && isMapping) return branch.flatMap((issue) => findingsOf(words, issue, value, path));
  const fields = isMapping ? Object.keys(found) : [];
  const suggestion = fields.length === 1 ? nearest(String(fields[0]), words.fieldsAt(path)) : undefined;
  return [{ kind: 'wrong-value', path, part: 'value', expected: words.expectedAt(path), got: gotText(found), ...meaning(suggestion) }];
};

const findingsOf = (words: SchemaWords, issue: Issue, value: unknown, above: FieldPath = []): readonly Finding[] => {
  const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  const found = valueAt(value, path);
  const wrong = (expected: string, suggestion?: string): Finding => {
    return { kind: 'wrong-value', path, part: 'value', expected, got: gotText(found), ...meaning(suggestion) };
  };
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => unknownField(words, value, path, field));
  if (issue.code === 'invalid_key') {
    return [{ kind: 'wrong-value', path, part: 'name', expected: words.expectedNameAt(path.slice(0, -1)), got: gotText(path.at(-1)) }];
  }
  if (found === undefined && typeof path.at(-1) === 'string') {
    return [{ kind: 'missing-field', path, part: 'value', expected: words.expectedAt(path), got: gotText(found) }];
  }
  if (issue.code === 'invalid_union') return wrongUnion(words, value, path, issue.errors);
  if (issue.code === 'custom') return [wrong(issue.message)];
  if (issue.code === 'invalid_value') {
    const choices = issue.values.map(String);
    // What is no plain value has no spelling to be mistaken in, and may not even turn into text.
    const meant = typeof found === 'object' ? undefined : nearest(String(found), choices);
    return [wrong(choices.length === 1 ? choices.join() : `one of ${choices.join(', ')}`, meant)];
  }
  return [wrong(words.expectedAt(path))];
};

/**
 * Turns what the schema says about a value into problems with a place in the file and words a person can act on.
 * @param words those of the file's schema, when it is another than the fleet file
 */
export const issueProblems = (
  issue: Issue,
  document: FileDocument,
  file: string,
  words: SchemaWords = fleetFileWords,
): readonly FleetFileProblem[] =>
  findingsOf(words, issue, document.value).map(({ path, part, ...finding }) => ({
    ...finding,
    file,
    ...document.positionOf(path, part),
    field: fieldText(path),
  }));
