import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { subjectOf } from '../../../../cli/report/view/subject.ts';
import { blockedLine, INTENT, left, line, run } from '../left.ts';

const OTHER = 'ledger-0123456789abcdef';
const all = left(run(1, [line(1), blockedLine(2)]), run(2, [line(2)]), run(3, [line(9)], { intent: OTHER, fleet: 'ledger' }));

describe('A page of real runs', () => {
  it('tells of the intent whose run began last, and names the others', () => {
    const { fleet, ended, otherIntents, runs } = subjectOf(all, undefined);

    assert.deepEqual([fleet, ended.result, ended.keys, otherIntents, runs.length], ['ledger', 'moved', 1, [INTENT], 1]);
  });

  it('tells of all runs of the intent that was asked for, as they stand together', () => {
    const { fleet, ended, runs } = subjectOf(all, INTENT);

    assert.deepEqual([fleet, ended.result, ended.keys, ended.outcomes.promoted, runs.length], ['payments', 'moved', 2, 2, 2]);
  });

  it('is not green while a key has no outcome on record', () => {
    assert.equal(subjectOf(left(run(1, [line(1), line(2, { outcome: undefined })])), undefined).ended.result, 'partly');
  });

  it('reads no line of another intent', () => {
    const unread: Iterable<never> = { [Symbol.iterator]: () => assert.fail('a line of the other intent was read') };
    const other = { ...run(1, [line(1)]), lines: unread };

    assert.equal(subjectOf(left(other, run(3, [line(9)], { intent: OTHER })), undefined).ended.keys, 1);
  });

  it('is made of an intent that there is', () => {
    assert.throws(
      () => subjectOf(all, 'payments'),
      /--intent: expected one of payments-5423e0c191f5e9e9, ledger-0123456789abcdef; got "payments"/,
    );
  });
});
