import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyRows, ROWS_MAX } from '../../../../cli/report/view/keys.ts';
import { standingLines } from '../../../../cli/report/view/standing.ts';
import type { EvidenceLine } from '../../../../core/evidence/line-schema.ts';
import { blockedLine, line, run, STARTED_AT } from '../left.ts';

const rowsOf = (...runs: ReadonlyArray<readonly EvidenceLine[]>) =>
  keyRows(standingLines(runs.map((lines, index) => run(index + 1, lines))), STARTED_AT);

describe('The rows of a page', () => {
  it('have their times in seconds since the start, KMS’s words among the notes, and no gaps', () => {
    const { rows } = rowsOf([line(3, { detail: 'throttled once', notes: ['drifted'], reason: undefined })]);

    assert.deepEqual(rows, [
      {
        account: '111122223333',
        keyId: 'mrk-00000000000000000000000000000003',
        nature: 'SYMMETRIC_DEFAULT, ENCRYPT_DECRYPT',
        outcome: 'promoted',
        origin: 'us-east-1',
        primary: 'us-west-2',
        regions: ['us-east-1', 'us-west-2'],
        proof: 'proven',
        provenIn: ['us-west-2'],
        attempts: 1,
        requestIds: ['request-3'],
        called: 3,
        proven: 13,
        notes: ['throttled once', 'drifted'],
      },
    ]);
  });

  it('begin with what needs a look', () => {
    const { rows } = rowsOf([
      line(1),
      line(2, { outcome: 'already-primary', reason: 'ALREADY_THERE' }),
      blockedLine(3),
      line(4, { outcome: 'failed', reason: 'UNREADABLE' }),
      line(5, { outcome: undefined }),
    ]);

    assert.deepEqual(
      rows.map(({ outcome }) => outcome),
      ['none', 'failed', 'blocked', 'already-primary', 'promoted'],
    );
  });

  it('name the run that a line is of where there are several', () => {
    const { rows } = rowsOf([line(1), blockedLine(2)], [line(2)]);

    assert.deepEqual(
      rows.map(({ run: name }) => name),
      ['payments-5423e0c191f5e9e9-1', 'payments-5423e0c191f5e9e9-2'],
    );
  });

  it('are as many as a browser bears, the most urgent of them, where most keys did not move', () => {
    const blocked = Array.from({ length: ROWS_MAX + 5 }, (_, index) => blockedLine(index));
    const { rows, movedLeftOut, othersLeftOut } = rowsOf([
      ...blocked,
      line(50_000, { outcome: 'failed', reason: 'UNREADABLE' }),
      line(50_001),
    ]);

    assert.deepEqual([rows.length, movedLeftOut, othersLeftOut, rows[0]?.outcome], [ROWS_MAX, 1, 6, 'failed']);
  });
});
