import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SOURCE, seedWhere, TARGET } from '../kms/kms-world.ts';
import { ended, tally, worldWith } from './fault-world.ts';

describe('The fault while-updating', () => {
  for (const [wont, accepts] of [
    ['accepts', true],
    ['refuses', false],
  ] as const) {
    it(`accepts and refuses promotions of keys that are Updating by lot, in a world that otherwise ${wont} them`, async () => {
      const seed = seedWhere(({ promotesWhileUpdating }) => promotesWhileUpdating === accepts);
      const { world, keyIds } = worldWith(['while-updating'], { keyCount: 60, seed });
      const endings: string[] = [];
      for (const keyId of keyIds) {
        await world.promote(keyId);
        endings.push(await ended(world.promote(keyId, TARGET, SOURCE)));
        await world.pass(1_000);
      }

      const { ok = 0, KMSInvalidStateException = 0, ...others } = tally(endings);

      assert.deepEqual(others, {});
      assert.ok(ok > 15 && KMSInvalidStateException > 15, JSON.stringify({ ok, KMSInvalidStateException }));
      assert.equal(world.kms.counts().faults['while-updating'], 60);
    });
  }
});
