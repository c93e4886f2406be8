import { runtimeFailure, StateFailure } from './failure.ts';
import type { JsonValue } from './json.ts';
import { lookUp, type Path, parsePath, type Sources } from './path.ts';

/** What a field whose name ends in `.$` may hold. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'call'; readonly name: 'States.MathAdd' | 'States.Format'; readonly args: readonly Expression[] };

const TOKEN = /\s*(?:(States\.MathAdd|States\.Format)\(|('(?:[^'\\]|\\.)*')|(-?\d+(?:\.\d+)?)|(true|false|null)\b|(\$[^\s,()]*)|([,)]))/y;

/** Reads one expression from `text` at `at`, and says where it ended; undefined when there is none. */
const readExpression = (text: string, at: number): { readonly expression: Expression; readonly end: number } | undefined => {
  TOKEN.lastIndex = at;
  const token = TOKEN.exec(text);
  if (token === null) return undefined;
  const end = TOKEN.lastIndex;
  const [, name, quoted, number, word, path] = token;
  if (quoted !== undefined) return { expression: { kind: 'literal', value: quoted.slice(1, -1).replace(/\\(.)/g, '$1') }, end };
  if (number !== undefined || word !== undefined) return { expression: { kind: 'literal', value: JSON.parse(number ?? word ?? '') }, end };
  if (path !== undefined) {
    const parsed = parsePath(path);
    return parsed && { expression: { kind: 'path', path: parsed }, end };
  }
  return name === 'States.MathAdd' || name === 'States.Format' ? readCall(text, name, end) : undefined;
};

const readCall = (text: string, name: 'States.MathAdd' | 'States.Format', from: number): ReturnType<typeof readExpression> => {
  const args: Expression[] = [];
  for (let at = from; ; ) {
    const argument = readExpression(text, at);
    if (argument === undefined) return undefined;
    args.push(argument.expression);
    TOKEN.lastIndex = argument.end;
    const [, , , , , , mark] = TOKEN.exec(text) ?? [];
    if (mark === ')') return { expression: { kind: 'call', name, args }, end: TOKEN.lastIndex };
    if (mark !== ',') return undefined;
    at = TOKEN.lastIndex;
  }
};

/** @returns the expression, or undefined when it is neither a reference path nor `States.MathAdd` nor `States.Format`. */
export const parseExpression = (text: string): Expression | undefined => {
  const read = readExpression(text, 0);
  if (read === undefined || read.end !== text.length || read.expression.kind === 'literal') return undefined;
  const { expression } = read;
  if (expression.kind === 'call' && expression.name === 'States.MathAdd' && expression.args.length !== 2) return undefined;
  return expression;
};

/** Every path in the expression, nested ones included. */
export const pathsOf = (expression: Expression): readonly Path[] => {
  if (expression.kind === 'path') return [expression.path];
  return expression.kind === 'call' ? expression.args.flatMap(pathsOf) : [];
};

/** @throws StateFailure `States.Runtime` when a path selects nothing, `States.IntrinsicFailure` when an argument does not fit. */
export const evaluate = (expression: Expression, sources: Sources): JsonValue => {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path': {
      const value = lookUp(expression.path, sources);
      if (value === undefined) throw runtimeFailure(`The path ${expression.path.text} selects nothing.`);
      return value;
    }
    case 'call': {
      const args = expression.args.map((argument) => evaluate(argument, sources));
      return expression.name === 'States.MathAdd' ? mathAdd(args) : format(args);
    }
  }
};

/** Step Functions adds 32-bit integers only. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
const INTEGER_MAX = 2 ** 31 - 1;

const mathAdd = (args: readonly JsonValue[]): number => {
  let sum = 0;
  for (const term of args) {
    if (typeof term !== 'number' || !Number.isInteger(term) || Math.abs(term) > INTEGER_MAX) {
      throw new StateFailure('States.IntrinsicFailure', `States.MathAdd expected integers of 32 bits, got ${JSON.stringify(term)}.`);
    }
    sum += term;
  }
  return sum;
};

const format = ([template, ...values]: readonly JsonValue[]): string => {
  const parts = typeof template === 'string' ? template.split('{}') : [];
  if (parts.length !== values.length + 1) {
    throw new StateFailure(
      'States.IntrinsicFailure',
      `States.Format expected a template with ${values.length} times {}, got ${JSON.stringify(template)}.`,
    );
  }
  return parts.map((part, index) => part + (index < values.length ? formatted(values[index]) : '')).join('');
};

const formatted = (value: JsonValue | undefined): string => {
  if (typeof value === 'object' && value !== null) {
    throw new StateFailure('States.IntrinsicFailure', 'States.Format expected text, numbers, booleans or null, got an object or an array.');
  }
  return String(value);
};
