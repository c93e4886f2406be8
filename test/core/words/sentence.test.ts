import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { asSentence } from '../../../core/words/sentence.ts';

describe('A clause as a sentence', () => {
  it('begins with a capital and ends with a full stop', () => assert.equal(asSentence('run a-1 has reported'), 'Run a-1 has reported.'));

  it('has one full stop, also when it had it before', () =>
    assert.equal(asSentence('it goes on. Nobody is asked.'), 'It goes on. Nobody is asked.'));
});
