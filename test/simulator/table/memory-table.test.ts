import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { createMemoryTable, tableLatency } from '../../../simulator/table/memory-table.ts';
import { tableContract } from '../../contracts/table.ts';

tableContract('A table in memory', async () => createMemoryTable());

describe('A table in memory, at its pace', () => {
  it('takes two to fifteen milliseconds of virtual time for every call', async () => {
    const clock = new VirtualClock(0);
    const table = createMemoryTable({ clock, random: new Seeded(1), latency: tableLatency });
    const took: number[] = [];
    const timed = async (call: () => Promise<unknown>) => {
      const startedAt = clock.now();
      await call();
      took.push(clock.now() - startedAt);
    };

    await clock.run(
      (async () => {
        for (let round = 0; round < 50; round += 1) {
          await timed(() => table.write('lane', 'a', round, round));
          await timed(() => table.read('lane', 'a'));
          await timed(() => table.list('lane'));
        }
      })(),
    );

    assert.equal(took.length, 150);
    assert.ok(Math.min(...took) >= 2);
    assert.ok(Math.max(...took) <= 15);
    assert.ok(new Set(took).size > 100);
  });

  it('writes what a value was when the write was asked for', async () => {
    const clock = new VirtualClock(0);
    const table = createMemoryTable({ clock, random: new Seeded(1), latency: tableLatency });
    const value = { holder: 'run-1' };
    const writing = table.write('lease', 'payments', value, 0);
    value.holder = 'run-2';
    await clock.run(writing);

    assert.deepEqual(await clock.run(table.read('lease', 'payments')), { value: { holder: 'run-1' }, version: 1 });
  });
});
