import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { HalfDone } from '../../../simulator/faults/kms-fault.ts';
import { SOURCE, TARGET } from '../kms/kms-world.ts';
import { ended, worldWith } from './fault-world.ts';
import { seedWhere } from './half-done-seeds.ts';

const worldWhere = (ending: HalfDone['ending']) => {
  const { world, keyIds } = worldWith(['half-done,rate=100%'], { keyCount: 1, seed: seedWhere(ending) });
  const keyId = keyIds[0] ?? '';
  const sides = () => {
    const { regions } = world.truthOf(keyId);
    return [SOURCE, TARGET].map((region) => `${regions[region]?.role} ${regions[region]?.state}`);
  };
  return { world, keyId, sides };
};

describe('The fault half-done', () => {
  it('lets the target go dark when it has struck, and answer again within a minute', async () => {
    const { world, keyId, sides } = worldWhere('completes');

    assert.equal(await ended(world.promote(keyId)), 'ok');

    assert.deepEqual(sides(), ['REPLICA Updating', 'PRIMARY Updating']);
    assert.equal(await ended(world.run(world.at(TARGET).describeKey({ KeyId: keyId }))), 'TimeoutError');
    assert.equal(await ended(world.run(world.at(SOURCE).describeKey({ KeyId: keyId }))), 'ok');
    await world.pass(60_000);
    assert.equal(await ended(world.run(world.at(TARGET).describeKey({ KeyId: keyId }))), 'ok');
  });

  for (const { ending, after } of [
    { ending: 'completes', after: ['REPLICA Enabled', 'PRIMARY Enabled'] },
    { ending: 'rolls-back', after: ['PRIMARY Enabled', 'REPLICA Enabled'] },
    { ending: 'hangs', after: ['REPLICA Updating', 'PRIMARY Updating'] },
  ] as const) {
    it(`${ending} in a world whose seed says so`, async () => {
      const { world, keyId, sides } = worldWhere(ending);

      await world.promote(keyId);
      await world.pass(15_000);
      assert.deepEqual(sides(), ['REPLICA Updating', 'PRIMARY Updating']);
      await world.pass(3_600_000);

      assert.deepEqual(sides(), after);
      assert.equal(world.kms.counts().faults['half-done'], 1);
    });
  }

  it('that was rolled back can be promoted again', async () => {
    const { world, keyId } = worldWhere('rolls-back');
    await world.promote(keyId);
    await world.pass(120_000);

    const { KeyMetadata } = await world.run(world.at(SOURCE).describeKey({ KeyId: keyId }));

    assert.equal(KeyMetadata?.MultiRegionConfiguration?.PrimaryKey?.Region, SOURCE);
    assert.equal(await ended(world.promote(keyId)), 'ok');
  });
});
