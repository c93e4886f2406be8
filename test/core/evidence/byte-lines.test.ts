import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { byteLines } from '../../../core/evidence/byte-lines.ts';

const linesOf = (text: string) => [...byteLines(Buffer.from(text))].map((line) => Buffer.from(line).toString());

describe('The lines of a file', () => {
  it('are what stands between line ends, the empty ones included', () => {
    assert.deepEqual(linesOf('one\n\nthree ä\n'), ['one', '', 'three ä']);
    assert.deepEqual(linesOf('\n'), ['']);
  });

  it('end with what is cut off, and are none in an empty file', () => {
    assert.deepEqual(linesOf('one\ntw'), ['one', 'tw']);
    assert.deepEqual(linesOf(''), []);
  });
});
