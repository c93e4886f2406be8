import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arnOf, KmsWorld, SOURCE, TARGET } from '../kms-world.ts';

describe('GetKeyLastUsage', () => {
  it('tells the last use of the key in its own Region, and of a key that was never used only when that began', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ createdMsAgo: 60_000 });
    const created = new Date(world.clock.now() - 60_000);
    const used = await world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext: Buffer.from('p') }));
    const at = new Date(world.clock.now());
    await world.pass(1_000);

    const [here, there] = [
      await world.run(world.at(SOURCE).getKeyLastUsage({ KeyId })),
      await world.run(world.at(TARGET).getKeyLastUsage({ KeyId })),
    ];

    assert.deepEqual(here.KeyLastUsage, { Operation: 'Encrypt', Timestamp: at, KmsRequestId: used.$metadata.requestId });
    assert.deepEqual([here.KeyId, here.KeyCreationDate, here.TrackingStartDate], [arnOf(KeyId, SOURCE), created, created]);
    assert.equal(there.KeyLastUsage, undefined);
  });
});
