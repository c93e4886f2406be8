import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { visible } from '../../cli/visible.ts';

describe('A text from outside', () => {
  for (const [what, text, shown] of [
    ['ordinary words of any language', 'Zürich → 東京 “ok” 👍 100 %', 'Zürich → 東京 “ok” 👍 100 %'],
    ['the end of a line', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['C0 and DEL', '\u0000\u001b[31m\u007f', '\\u0000\\u001b[31m\\u007f'],
    ['C1', '\u0085\u009b31m', '\\u0085\\u009b31m'],
    ['other ends of lines', '\u2028\u2029', '\\u2028\\u2029'],
    ['what turns the direction of writing', '\u202egnp\u2066', '\\u202egnp\\u2066'],
    ['what formats beyond the first plane', '\u{e0041}', '\\udb40\\udc41'],
  ] as const)
    it(`is shown with ${what} as ${shown}`, () => assert.equal(visible(text), shown));

  it('stays the same document when it is JSON', () => {
    const document = { text: 'a\u009b\n\u202e"\\' };
    assert.deepEqual(JSON.parse(visible(JSON.stringify(document))), document);
  });
});
