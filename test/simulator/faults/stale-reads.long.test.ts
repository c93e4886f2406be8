import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCOUNT, SOURCE } from '../kms/kms-world.ts';
import { tally, worldWith } from './fault-world.ts';

describe('The fault stale-reads', () => {
  it('answers a fifth of the reads from up to 30 s ago and one in a hundred from up to 120 s ago', async () => {
    const { world, keyIds } = worldWith(['stale-reads'], { keyCount: 1 });
    const KeyId = keyIds[0] ?? '';
    const states = async () => {
      const reads = Array.from({ length: 1_000 }, async () => {
        const { KeyMetadata } = await world.at(SOURCE).describeKey({ KeyId });
        return KeyMetadata?.KeyState ?? 'no state';
      });
      return tally(await world.run(Promise.all(reads)));
    };
    world.kms.setState(ACCOUNT, KeyId, SOURCE, 'Disabled');

    const { Enabled: atOnce = 0 } = await states();
    assert.ok(Math.abs(atOnce - 210) < 50, String(atOnce));
    await world.pass(30_001);
    const { Enabled: after30s = 0 } = await states();
    assert.ok(after30s > 0 && after30s < 25, String(after30s));
    await world.pass(90_000);
    assert.deepEqual(await states(), { Disabled: 1_000 });
    const { 'stale-reads': struck = 0 } = world.kms.counts().faults;
    assert.ok(Math.abs(struck - 3_000 * 0.21) < 90, String(struck));
  });

  it('leaves cryptography alone', async () => {
    const { world, keyIds } = worldWith(['stale-reads'], { keyCount: 1 });
    const KeyId = keyIds[0] ?? '';
    world.kms.setState(ACCOUNT, KeyId, SOURCE, 'Disabled');

    for (let call = 0; call < 40; call += 1) {
      await assert.rejects(world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext: Buffer.from('p') })), { name: 'DisabledException' });
    }
    assert.equal(world.kms.counts().faults['stale-reads'], 0);
  });
});
