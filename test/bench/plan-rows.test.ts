import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planRows } from '../../bench/plan-rows.ts';

const EVERYTHING = { keys: undefined, scenarios: undefined, contenders: undefined, seeds: undefined };

describe('The rows of the benchmark', () => {
  it('are, without a wish, ours in every scenario and under every shape of the quota, and the largest fleet in fifty accounts', () => {
    const ours = planRows(EVERYTHING).filter(({ contender }) => contender === 'mrk-failover');

    assert.deepEqual(new Set(ours.map(({ scenario }) => scenario)).size, 4);
    assert.equal(new Set(ours.filter(({ keys }) => keys === 1_000).map(({ seed }) => seed)).size, 4);
    assert.deepEqual(
      ours.filter(({ keys }) => keys === 100_000).map(({ scenario, accounts }) => [scenario, accounts]),
      [['alone', 50]],
    );
  });

  it('have the others beside ours', () => {
    const others = planRows(EVERYTHING).filter(({ contender }) => contender !== 'mrk-failover');

    assert.equal(new Set(others.map(({ contender }) => contender)).size, 7);
    assert.ok(others.every(({ keys }) => keys <= 10_000));
  });

  it('are every combination of what is named', () => {
    const rows = planRows({ ...EVERYTHING, keys: [77, 10_000], contenders: ['shell-loop-1'], scenarios: ['failing'] });

    assert.deepEqual(
      rows.map(({ keys, contender, scenario }) => [keys, contender, scenario]),
      [
        [77, 'shell-loop-1', 'failing'],
        [10_000, 'shell-loop-1', 'failing'],
      ],
    );
    assert.equal(planRows({ ...EVERYTHING, keys: [77], seeds: ['8', '9'], scenarios: ['alone'], contenders: ['mrk-failover'] }).length, 2);
  });
});
