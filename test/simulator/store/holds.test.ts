import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { holds } from '../../../simulator/store/holds.ts';

describe('A write condition', () => {
  it('holds always when there is none', () => {
    assert.deepEqual([holds(undefined, undefined), holds(undefined, 't')], [true, true]);
  });

  it('for an empty path holds only there', () => {
    assert.deepEqual([holds({ ifAbsent: true }, undefined), holds({ ifAbsent: true }, 't')], [true, false]);
  });

  it('for a tag holds only where that tag is', () => {
    assert.deepEqual([holds({ ifTag: 't' }, 't'), holds({ ifTag: 't' }, 'u'), holds({ ifTag: 't' }, undefined)], [true, false, false]);
  });
});
