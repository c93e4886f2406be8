import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parsePath, select } from '../../../simulator/asl/path.ts';

const found = (text: string, root: Parameters<typeof select>[1]) => select(parsePath(text) ?? assert.fail(`${text} is no path`), root);

describe('A reference path', () => {
  it('selects by name, by quoted name and by index', () => {
    const root = { a: { 'b c': [10, { d: false }] } };

    assert.equal(found("$.a['b c'][0]", root), 10);
    assert.equal(found("$.a['b c'][1].d", root), false);
    assert.deepEqual(found('$', root), root);
  });

  it('selects nothing where nothing is: missing names, indexes past the end, names of the prototype', () => {
    for (const text of ['$.b', '$.a.b', '$.list[2]', '$.list.length', '$.toString', '$.text[0]']) {
      assert.equal(found(text, { a: null, list: [1, 2], text: 'abc' }), undefined, text);
    }
  });

  it('starts at the context object with two signs', () => {
    assert.equal(parsePath('$$.Execution.Name')?.of, 'context');
    assert.equal(parsePath('$.Execution.Name')?.of, 'data');
  });

  it('is nothing that could select more than one value', () => {
    for (const text of ['a', '$.', '$..a', '$.*', '$.a[*]', '$.a[-1]', '$.a[0:2]', '$.a[?(@.b)]', '$.a[0,1]', '$.a b', '$a']) {
      assert.equal(parsePath(text), undefined, text);
    }
  });
});
