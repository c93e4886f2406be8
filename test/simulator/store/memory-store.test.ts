import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { createMemoryStore, storeLatency } from '../../../simulator/store/memory-store.ts';
import { storeContract } from '../../contracts/store.ts';

storeContract('A store in memory', async () => createMemoryStore());

describe('A store in memory, at its pace', () => {
  it('takes fifteen to sixty milliseconds of virtual time for every call', async () => {
    const clock = new VirtualClock(0);
    const store = createMemoryStore({ clock, random: new Seeded(1), latency: storeLatency });
    const took: number[] = [];
    const timed = async (call: () => Promise<unknown>) => {
      const startedAt = clock.now();
      await call();
      took.push(clock.now() - startedAt);
    };

    await clock.run(
      (async () => {
        for (let round = 0; round < 50; round += 1) {
          await timed(() => store.put('a', String(round)));
          await timed(() => store.get('a'));
          await timed(() => store.list(''));
        }
      })(),
    );

    assert.equal(took.length, 150);
    assert.ok(Math.min(...took) >= 15);
    assert.ok(Math.max(...took) <= 60);
    assert.ok(new Set(took).size > 100);
  });
});
