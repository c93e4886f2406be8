import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { meaning, spoken } from '../../cli/words.ts';

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

describe('What a story came to', () => {
  type Ended = Parameters<typeof meaning>[0];
  const said = (words: Partial<Ended>): string => {
    const runs = [{ runId: 'payments-0-1', status: 'SUCCEEDED', result: 'moved', objections: [] }];
    const figures: Partial<Ended> = { source: 'us-east-1', target: 'us-west-2', inventoryComplete: true, outcomes: {}, reasons: {} };
    return meaning({ ...figures, runs, ...words } as Ended).join(' ');
  };

  for (const [words, sentence] of [
    [
      { result: 'moved', keys: 3, outcomes: { promoted: 3 } },
      'All 3 keys are where they shall be, and every key that moved was proven to work there.',
    ],
    [{ result: 'moved', keys: 1, outcomes: { promoted: 1 } }, 'The one key is where it shall be, and was proven to work there.'],
    [
      { result: 'moved', keys: 100, outcomes: { promoted: 38, alreadyPrimary: 62 } },
      'All 100 keys are where they shall be: 38 moved, and were proven to work there; 62 were there before, and were not tried.',
    ],
    [{ result: 'nothing-to-do', keys: 1, outcomes: { alreadyPrimary: 1 } }, 'Nothing had to move: the one primary was where it shall be.'],
    [
      { result: 'partly', keys: 5, outcomes: { promoted: 4, ineligible: 1 } },
      '1 of 5 keys is not where it shall be. The evidence names each, and why.',
    ],
  ] as const)
    it(`is told as "${sentence}"`, () => assert.equal(said(words), sentence));
});
