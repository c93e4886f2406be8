import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SKEW_MS } from '../../../core/coordination/lease.ts';
import { isToCome, spokenAt } from '../../../core/coordination/spoken-at.ts';

const NOW = Date.UTC(2026, 9, 20, 8);

describe('A word', () => {
  it('was spoken when it is dated, also as far ahead as clocks differ', () => {
    for (const dated of [0, NOW - 1, NOW, NOW + SKEW_MS]) assert.deepEqual([spokenAt(dated, NOW), isToCome(dated, NOW)], [dated, false]);
  });

  it('that is dated further ahead was spoken now', () =>
    assert.deepEqual([spokenAt(NOW + SKEW_MS + 1, NOW), isToCome(NOW + SKEW_MS + 1, NOW)], [NOW, true]));
});
