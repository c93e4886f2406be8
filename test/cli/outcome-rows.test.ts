import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outcomeRows } from '../../cli/outcome-rows.ts';

describe('The outcomes that occurred', () => {
  it('are told in one order, each with its own reasons, and none that did not occur', () => {
    const outcomes = { blocked: 3, failed: 0, alreadyPrimary: 1, promoted: 2 };
    const rows = outcomeRows({ outcomes, reasons: { THROTTLED: 1, ALREADY_THERE: 1, KMS_INTERNAL: 2 } });

    assert.deepEqual(
      rows.map(({ kind, keys, reasons }) => [kind, keys, ...reasons.map((reason) => [reason.code, reason.keys])]),
      [
        ['promoted', 2],
        ['already-primary', 1, ['ALREADY_THERE', 1]],
        ['blocked', 3, ['THROTTLED', 1], ['KMS_INTERNAL', 2]],
      ],
    );
    assert.equal(rows[2]?.reasons[1]?.meaning, 'KMS went on failing inside');
    assert.deepEqual([rows[0]?.toDo, rows[2]?.toDo?.startsWith('Nothing at first')], [undefined, true]);
  });
});
