import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { utf8Order } from '../../../simulator/table/utf8-order.ts';

describe('The order of UTF-8 bytes', () => {
  it('puts a character beyond the first plane behind one at its end, where JavaScript does not', () => {
    const words = ['𝛼', '\uFF5E', 'b', 'a'];

    assert.deepEqual(words.toSorted(utf8Order), ['a', 'b', '\uFF5E', '𝛼']);
    assert.deepEqual(words.toSorted(), ['a', 'b', '𝛼', '\uFF5E']);
  });
});
