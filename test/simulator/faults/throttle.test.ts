import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SOURCE, TARGET } from '../kms/kms-world.ts';
import { ended, tally, worldWith } from './fault-world.ts';

describe('The fault throttle', () => {
  it('refuses 30 % of all calls in all Regions for 60 s, from the first UpdatePrimaryRegion call on', async () => {
    const { world, keyIds } = worldWith(['throttle'], { keyCount: 1 });
    const KeyId = keyIds[0];
    const manyReads = async () => {
      const reads = [SOURCE, TARGET].flatMap((region) => Array.from({ length: 200 }, () => ended(world.at(region).describeKey({ KeyId }))));
      return tally(await world.run(Promise.all(reads)));
    };

    assert.deepEqual(await manyReads(), { ok: 400 });
    await ended(world.promote(KeyId ?? ''));
    const { ok = 0, ThrottlingException = 0, ...others } = await manyReads();
    assert.deepEqual([ok + ThrottlingException, others], [400, {}]);
    assert.ok(Math.abs(ThrottlingException - 120) < 35, String(ThrottlingException));
    await world.pass(59_999);
    assert.notDeepEqual(await manyReads(), { ok: 400 });
    await world.pass(1);
    assert.deepEqual(await manyReads(), { ok: 400 });
    const { throttled, faults } = world.kms.counts();
    assert.equal((throttled.DescribeKey ?? 0) + (throttled.UpdatePrimaryRegion ?? 0), faults.throttle);
  });

  it('refuses with the words of KMS', async () => {
    const { world, keyIds } = worldWith(['throttle'], { keyCount: 1 });
    await ended(world.promote(keyIds[0] ?? ''));
    const reads = Array.from({ length: 50 }, () =>
      world
        .at(SOURCE)
        .listKeys({})
        .catch((error: Error) => error),
    );

    const refused = (await world.run(Promise.all(reads))).filter((answer) => answer instanceof Error);

    assert.ok(refused.length > 0);
    for (const { name, message } of refused) {
      assert.equal(name, 'ThrottlingException');
      assert.match(message, /^You have exceeded the rate at which you may call KMS\./);
    }
  });
});
