import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fieldText } from '../../../core/fleet/field-path.ts';

describe('The text of a path', () => {
  for (const [path, text] of [
    [[], 'the file'],
    [['fleets'], 'fleets'],
    [['fleets', 'payments-eu', 'standbys', 0], 'fleets.payments-eu.standbys[0]'],
    [['tags', 'cost center'], 'tags["cost center"]'],
    [['tags', 'a.b', 'c'], 'tags["a.b"].c'],
    [['tags', '0'], 'tags["0"]'],
  ] as const) {
    it(`is ${text}`, () => {
      assert.equal(fieldText(path), text);
    });
  }
});
