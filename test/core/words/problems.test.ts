import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { closedObject } from '../../../core/words/closed-object.ts';
import { problemsOf } from '../../../core/words/problems.ts';
import { requiredLine } from '../../../core/words/required-line.ts';

const schema = closedObject({
  reason: requiredLine('the reason'),
  keys: z.array(closedObject({ id: z.string() })).optional(),
});

const problems = (raw: unknown): readonly string[] => {
  const { error } = schema.safeParse(raw);
  return error === undefined ? [] : problemsOf(error, raw, 'the order');
};

describe('What is wrong with a value is said in a sentence', () => {
  for (const { what, raw, sentences } of [
    {
      what: 'that names the value itself',
      raw: 7,
      sentences: ['the order: expected an object with the fields reason, keys; got the number 7.'],
    },
    { what: 'that says what is missing', raw: {}, sentences: ['reason: expected the reason; got nothing.'] },
    { what: 'once', raw: { reason: ' ' }, sentences: ['reason: expected the reason, not an empty text; got " ".'] },
    {
      what: 'that shows the beginning of what is too long',
      raw: { reason: 'x'.repeat(1_025) },
      sentences: [`reason: expected the reason of at most 1,024 characters; got "${'x'.repeat(80)}…".`],
    },
    {
      what: 'that leads to the place',
      raw: { reason: 'x', keys: [{ id: 1 }] },
      sentences: ['keys.0.id: expected string; got the number 1.'],
    },
    {
      what: 'for every field that nobody knows',
      raw: { reason: 'x', reasn: 1, keys: [{ id: 'a', name: 'b' }] },
      sentences: [
        'keys.0.name: is not a field of keys.0; expected an object with the fields id.',
        'reasn: is not a field of the order; expected an object with the fields reason, keys.',
      ],
    },
  ])
    it(what, () => assert.deepEqual(problems(raw), sentences));
});
