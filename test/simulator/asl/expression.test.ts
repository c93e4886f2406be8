import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { evaluate, parseExpression } from '../../../simulator/asl/expression.ts';

const value = (text: string) =>
  evaluate(parseExpression(text) ?? assert.fail(`${text} is no expression`), { data: { n: 3, s: 'x', o: {} }, context: { Name: 'run' } });

describe('An expression', () => {
  it('is a path, a sum or a formatted text, and these may nest', () => {
    assert.equal(value('$.n'), 3);
    assert.equal(value('States.MathAdd($.n, -5)'), -2);
    assert.equal(value("States.Format('{}/{} of {}', $.n, States.MathAdd($.n, 1), $$.Name)"), '3/4 of run');
    assert.equal(value("States.Format('{} {} {}', true, null, 1.5)"), 'true null 1.5');
    assert.equal(value(String.raw`States.Format('it\'s {}', $.s)`), "it's x");
  });

  it('is nothing else', () => {
    for (const text of [
      '',
      'text',
      '3',
      "'text'",
      'States.UUID()',
      'States.MathAdd($.n)',
      'States.MathAdd($.n, 1',
      'States.MathAdd($.n 1)',
      'States.Format($.n) more',
      '$.n[*]',
    ]) {
      assert.equal(parseExpression(text), undefined, text);
    }
  });

  it('fails where its arguments do not fit', () => {
    for (const text of [
      'States.MathAdd($.s, 1)',
      'States.MathAdd(1.5, 1)',
      'States.MathAdd(2147483648, 1)',
      "States.Format('{}')",
      "States.Format('no place', $.n)",
      "States.Format('{}', $.o)",
      'States.Format($.n, $.n)',
    ]) {
      assert.throws(() => value(text), { error: 'States.IntrinsicFailure' }, text);
    }
    assert.throws(() => value('$.missing'), { error: 'States.Runtime' });
  });
});
