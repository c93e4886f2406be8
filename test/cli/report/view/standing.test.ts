import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { standingLines } from '../../../../cli/report/view/standing.ts';
import { blockedLine, line, run } from '../left.ts';

describe('Of several runs', () => {
  it('each key has the line of the last one', () => {
    const standing = standingLines([run(1, [blockedLine(1), line(2)]), run(2, [line(1)])]);

    assert.deepEqual(
      standing.map(({ line: { outcome }, runId }) => [outcome, runId]),
      [
        ['promoted', 'payments-5423e0c191f5e9e9-2'],
        ['promoted', 'payments-5423e0c191f5e9e9-1'],
      ],
    );
  });

  it('a key that an earlier one promoted and a later one found in place was promoted', () => {
    const [standing] = standingLines([run(1, [line(1)]), run(2, [line(1, { outcome: 'already-primary', reason: 'ALREADY_THERE' })])]);

    assert.deepEqual([standing?.line.outcome, standing?.runId], ['promoted', 'payments-5423e0c191f5e9e9-1']);
  });
});
