import assert from 'node:assert/strict';
import { it } from 'node:test';
import { firstFew } from '../../cli/first-few.ts';

it('Names in a sentence are all of a few, and the first few of many', () => {
  const names = Array.from({ length: 12 }, (_, index) => `run-${index}`);

  assert.equal(firstFew(['a', 'b']), 'a, b');
  assert.equal(firstFew(names.slice(0, 10)), names.slice(0, 10).join(', '));
  assert.equal(firstFew(names), `${names.slice(0, 10).join(', ')} and 2 more`);
});
