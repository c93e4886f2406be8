import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentTag } from '../../../simulator/store/content-tag.ts';

describe('The tag of a document', () => {
  it('is the same for the same text and another for another', () => {
    assert.equal(contentTag('a'), contentTag('a'));
    assert.notEqual(contentTag('a'), contentTag('a '));
  });
});
