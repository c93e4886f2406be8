import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { instant, span } from '../../../core/words/time.ts';

describe('The words of decisions', () => {
  it('write a moment to the second', () => assert.equal(instant(Date.UTC(2026, 9, 20, 7, 41, 0, 999)), '2026-10-20T07:41:00Z'));

  it('write a length of time as a person says it, rather too long than too short', () => {
    const minute = 60_000;

    assert.deepEqual([-5, 0, 1, 90_000, 90_001, 59 * minute, 60 * minute, 61 * minute, 180 * minute].map(span), [
      '0 s',
      '0 s',
      '1 s',
      '90 s',
      '2 min',
      '59 min',
      '1 h',
      '1 h 1 min',
      '3 h',
    ]);
  });
});
