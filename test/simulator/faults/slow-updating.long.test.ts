import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SOURCE, TARGET } from '../kms/kms-world.ts';
import { worldWith } from './fault-world.ts';

describe('The fault slow-updating', () => {
  it('leaves promoted keys Updating for 20 s in the median and 120 s in the 99th percentile', async () => {
    const { world, keyIds } = worldWith(['slow-updating'], { keyCount: 400 });
    const settledAfterMs: number[] = [];
    const follow = async (KeyId: string, index: number) => {
      await world.clock.sleep(index * 250);
      await world.at(SOURCE).updatePrimaryRegion({ KeyId, PrimaryRegion: TARGET });
      const acceptedAt = world.clock.now();
      for (;;) {
        const { KeyMetadata } = await world.at(TARGET).describeKey({ KeyId });
        if (KeyMetadata?.KeyState === 'Enabled') break;
        await world.clock.sleep(4_000);
      }
      settledAfterMs.push(world.clock.now() - acceptedAt);
    };

    await world.run(Promise.all(keyIds.map(follow)));

    const sorted = Float64Array.from(settledAfterMs).sort();
    const median = sorted[200] ?? Number.NaN;
    assert.ok(median > 16_000 && median < 25_000, String(median));
    const beyondTwoMinutes = sorted.filter((ms) => ms > 120_000).length;
    assert.ok(beyondTwoMinutes >= 1 && beyondTwoMinutes <= 12, String(beyondTwoMinutes));
    assert.equal(world.kms.counts().faults['slow-updating'], 400);
  });
});
