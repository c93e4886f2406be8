import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { changeItem } from '../../../functions/frame/item.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { createMemoryTable, tableLatency } from '../../../simulator/table/memory-table.ts';
import { runtimeWith } from '../../support/runtime.ts';

interface Count {
  readonly count: number;
}

const oneMore = (current: Count | undefined) => {
  const count = (current?.count ?? 0) + 1;
  return { store: { count }, answer: count };
};

/** A table whose calls take time, so that writers overtake each other. */
const busyRuntime = (seed: number) => {
  const clock = new VirtualClock(0);
  const random = new Seeded(seed);
  return { clock, random, table: createMemoryTable({ clock, random: random.stream('table'), latency: tableLatency }) };
};

describe('A changed item', () => {
  it('is made when there is none, and replaced when there is one', async () => {
    const runtime = runtimeWith();

    assert.equal(await changeItem(runtime, 'breaker', 'r', oneMore), 1);
    assert.equal(await changeItem(runtime, 'breaker', 'r', oneMore), 2);
    assert.deepEqual(await runtime.table.read('breaker', 'r'), { value: { count: 2 }, version: 2 });
  });

  it('is left alone when there is nothing to store, and the answer comes all the same', async () => {
    const runtime = runtimeWith();

    assert.equal(await changeItem<Count, string>(runtime, 'breaker', 'r', () => ({ answer: 'seen' })), 'seen');
    assert.equal(await runtime.table.read('breaker', 'r'), undefined);
  });

  it('loses no change of eight writers at once, and answers each by what it truly stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const runtime = busyRuntime(seed);
        const answers = await runtime.clock.run(Promise.all(Array.from({ length: 8 }, () => changeItem(runtime, 'lane', 'a', oneMore))));

        assert.deepEqual(answers.sort(), [1, 2, 3, 4, 5, 6, 7, 8]);
      }),
      { numRuns: 40 },
    );
  });

  it('is decided on anew after every lost race, on what was stored meanwhile', async () => {
    const { clock, table, random } = runtimeWith();
    const seen: Array<number | undefined> = [];
    const overtaken = {
      ...table,
      write: async <T>(...[kind, id, value, version]: Parameters<typeof table.write<T>>) => {
        if (seen.length < 3) await table.write(kind, id, { count: 10 * seen.length }, version);
        return table.write(kind, id, value, version);
      },
    };
    const change = (current: Count | undefined) => {
      seen.push(current?.count);
      return oneMore(current);
    };

    const answer = changeItem({ clock, table: overtaken, random }, 'lane', 'a', change);

    assert.equal(await (clock as VirtualClock).run(answer), 21);
    assert.deepEqual(seen, [undefined, 10, 20]);
  });

  it('that stays contended fails under a name of its own, so that the chain comes round again', async () => {
    const clock = new VirtualClock(0);
    const { table, random } = runtimeWith();
    const contended = { ...table, write: async () => false };

    await assert.rejects(clock.run(changeItem({ clock, random, table: contended }, 'lane', '111122223333', oneMore)), {
      name: 'ContendedItem',
      message: 'lane "111122223333" was changed by others 12 times in a row while this step tried to change it.',
    });
  });
});
