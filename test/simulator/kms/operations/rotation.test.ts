import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arnOf, KmsWorld, SOURCE, seedWhere, TARGET } from '../kms-world.ts';

const DAY_MS = 86_400_000;
const Plaintext = Buffer.from('the plaintext');

const materialOf = async (world: KmsWorld, KeyId: string, region = SOURCE) =>
  (await world.run(world.at(region).describeKey({ KeyId }))).KeyMetadata?.CurrentKeyMaterialId;

const rotationsOf = async (world: KmsWorld, KeyId: string) =>
  ((await world.run(world.at(TARGET).listKeyRotations({ KeyId }))).Rotations ?? []).map(({ KeyId: arn, RotationType }) => [
    arn,
    RotationType,
  ]);

describe('RotateKeyOnDemand', () => {
  it('gives every Region new material after a while, which decrypts what the old one encrypted', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const before = await materialOf(world, KeyId);
    const { CiphertextBlob } = await world.run(world.at(SOURCE).encrypt({ KeyId, Plaintext }));

    const { KeyId: rotated } = await world.run(world.at(SOURCE).rotateKeyOnDemand({ KeyId }));

    assert.equal(rotated, arnOf(KeyId, SOURCE));
    assert.equal(await materialOf(world, KeyId), before);
    const { OnDemandRotationStartDate } = await world.run(world.at(TARGET).getKeyRotationStatus({ KeyId }));
    assert.equal(OnDemandRotationStartDate?.getTime(), world.clock.now());
    await world.pass(10_000);
    const after = await materialOf(world, KeyId, TARGET);
    assert.notEqual(after, before);
    assert.equal(await materialOf(world, KeyId), after);
    assert.deepEqual(await rotationsOf(world, KeyId), [[arnOf(KeyId, TARGET), 'ON_DEMAND']]);
    const opened = await world.run(world.at(TARGET).decrypt({ CiphertextBlob }));
    assert.deepEqual([Buffer.from(opened.Plaintext ?? []), opened.KeyMaterialId], [Plaintext, before]);
    const sealed = await world.run(world.at(TARGET).generateDataKey({ KeyId, KeySpec: 'AES_256' }));
    assert.equal(sealed.KeyMaterialId, after);
  });

  it('refuses a replica, a second rotation meanwhile, and a 26th', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const rotate = (region: string) => world.run(world.at(region).rotateKeyOnDemand({ KeyId }));

    await assert.rejects(rotate(TARGET), {
      name: 'UnsupportedOperationException',
      message: `${arnOf(KeyId, TARGET)} is a multi-region replica key which is not valid for RotateKeyOnDemand.`,
    });
    for (let time = 1; time <= 25; time += 1) {
      await rotate(SOURCE);
      await assert.rejects(rotate(SOURCE), { name: 'ConflictException' });
      await world.pass(10_000);
    }
    await assert.rejects(rotate(SOURCE), { name: 'LimitExceededException' });
    assert.equal((await rotationsOf(world, KeyId)).length, 25);
  });

  for (const promotes of [true, false]) {
    it(`${promotes ? 'is not' : 'is'} in the way of a promotion, where the seed chooses so`, async () => {
      const world = new KmsWorld({ seed: seedWhere(({ promotesWhileRotating }) => promotesWhileRotating === promotes) });
      const KeyId = world.key();
      await world.run(world.at(SOURCE).rotateKeyOnDemand({ KeyId }));

      if (promotes) await assert.doesNotReject(world.promote(KeyId));
      else
        await assert.rejects(world.promote(KeyId), {
          name: 'KMSInvalidStateException',
          message: `${arnOf(KeyId, SOURCE)} is being rotated.`,
        });
      await world.pass(10_000);
      assert.equal((await rotationsOf(world, KeyId)).length, 1);
    });
  }
});

describe('Automatic rotation', () => {
  it('comes after each period, until it is switched off', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    await world.run(world.at(SOURCE).enableKeyRotation({ KeyId, RotationPeriodInDays: 90 }));

    await world.pass(181 * DAY_MS);
    const { NextRotationDate } = await world.run(world.at(SOURCE).getKeyRotationStatus({ KeyId }));
    await world.run(world.at(SOURCE).disableKeyRotation({ KeyId }));
    await world.pass(181 * DAY_MS);

    assert.deepEqual(
      (await rotationsOf(world, KeyId)).map(([, type]) => type),
      ['AUTOMATIC', 'AUTOMATIC'],
    );
    assert.ok((NextRotationDate?.getTime() ?? 0) - world.clock.now() < 0);
  });
});
