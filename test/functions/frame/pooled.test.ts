import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { pooled } from '../../../functions/frame/pooled.ts';

describe('Pooled work', () => {
  it('gives results in the order of its items, whichever ends first, and does so many at once and no more', async () => {
    let running = 0;
    let runningMax = 0;
    const results = await pooled([5, 1, 4, 2, 3], 2, async (turns) => {
      running += 1;
      runningMax = Math.max(runningMax, running);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      running -= 1;
      return turns * 10;
    });

    assert.deepEqual([results, runningMax], [[50, 10, 40, 20, 30], 2]);
  });

  it('does nothing for no items', async () => assert.deepEqual(await pooled([], 3, () => assert.fail('was called')), []));

  it('throws what a work throws', async () => {
    await assert.rejects(
      pooled([1, 2], 2, async (item) => (item === 2 ? Promise.reject(new Error('two')) : item)),
      /two/,
    );
  });
});
