import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { spoken } from '../../cli/words.ts';

describe('Seconds, as they are told', () => {
  for (const { seconds, words } of [
    { seconds: 0, words: '0.0 s' },
    { seconds: 59.94, words: '59.9 s' },
    { seconds: 60, words: '1 min 00 s' },
    { seconds: 323.4, words: '5 min 23 s' },
    { seconds: 3599.6, words: '1 h 0 min' },
    { seconds: 7260, words: '2 h 1 min' },
  ]) {
    it(`are ${words} for ${seconds}`, () => {
      assert.equal(spoken(seconds), words);
    });
  }
});
