import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gotText } from '../../../core/words/got.ts';

describe('What was got, in words', () => {
  for (const [value, text] of [
    [undefined, 'nothing'],
    [null, 'nothing'],
    ['automatic', '"automatic"'],
    ['', '""'],
    ['a\n"b"', '"a\\n\\"b\\""'],
    ['x'.repeat(81), `"${'x'.repeat(80)}…"`],
    [111122223333, 'the number 111122223333'],
    [false, 'false'],
    [[], 'an empty list'],
    [[1, 2], 'a list of 2'],
    [{}, 'an empty mapping'],
    [{ alias: 1, all: true }, 'a mapping with alias, all'],
  ] as const) {
    it(`is ${text.slice(0, 40)}`, () => {
      assert.equal(gotText(value), text);
    });
  }
});
