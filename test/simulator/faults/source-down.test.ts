import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SOURCE, STARTS_AT, seedWhere, TARGET, THIRD } from '../kms/kms-world.ts';
import { ended, worldWith } from './fault-world.ts';

const HOUR_MS = 3_600_000;

describe('The fault source-down', () => {
  it('leaves every call to the source without answer and effect, for good, and no other Region', async () => {
    const { world, keyIds } = worldWith(['source-down'], { keyCount: 1 });
    const KeyId = keyIds[0] ?? '';

    for (const hours of [0, 1, 100]) {
      await world.pass(hours * HOUR_MS);
      assert.equal(await ended(world.promote(KeyId)), 'TimeoutError');
      assert.equal(await ended(world.run(world.at(SOURCE).describeKey({ KeyId }))), 'TimeoutError');
      assert.equal(await ended(world.run(world.at(TARGET).describeKey({ KeyId }))), 'ok');
    }
    assert.equal(world.kms.truth().promotionsAccepted, 0);
    assert.equal(world.kms.counts().faults['source-down'], 6);
  });

  it('leaves decryption in the replica as it was', async () => {
    const { world, keyIds } = worldWith(['source-down'], { keyCount: 1 });
    const { CiphertextBlob } = await world.run(world.at(TARGET).encrypt({ KeyId: keyIds[0], Plaintext: Buffer.from('p') }));

    assert.equal(await ended(world.run(world.at(TARGET).decrypt({ CiphertextBlob }))), 'ok');
  });

  for (const [answer, name] of [
    ['KMSInternalException', 'KMSInternalException'],
    ['silence', 'TimeoutError'],
  ] as const) {
    it(`turns a promotion or a replication into the dark Region into ${name}, as the seed chooses, and changes nothing`, async () => {
      const { world } = worldWith(['source-down'], { keyCount: 1, seed: seedWhere(({ darkOtherRegion }) => darkOtherRegion === answer) });
      const keyId = world.key({ primary: TARGET, replicas: [SOURCE] });
      const lonely = world.key({ primary: TARGET, replicas: [] });
      const before = world.kms.truth();

      assert.equal(await ended(world.promote(keyId, TARGET, SOURCE)), name);
      assert.equal(await ended(world.run(world.at(TARGET).replicateKey({ KeyId: lonely, ReplicaRegion: SOURCE }))), name);
      assert.deepEqual(world.kms.truth(), before);
    });
  }
});

describe('The fault source-down-at', () => {
  it('lets the source go dark at the promotion that reaches the share, whose answer is lost already', async () => {
    const { world, keyIds } = worldWith(['source-down-at=40%'], { keyCount: 10 });
    const endings: string[] = [];
    for (const keyId of keyIds) {
      endings.push(await ended(world.promote(keyId)));
      await world.pass(1_000);
    }

    assert.deepEqual(endings, ['ok', 'ok', 'ok', ...Array.from({ length: 7 }, () => 'TimeoutError')]);
    assert.equal(world.kms.truth().promotionsAccepted, 4);
    assert.equal(await ended(world.run(world.at(THIRD).listKeys({}))), 'ok');
  });
});

describe('The fault source-down-for', () => {
  it('ends when its time is over', async () => {
    const { world, keyIds } = worldWith(['source-down-for=10m'], { keyCount: 1 });
    const KeyId = keyIds[0] ?? '';

    assert.equal(await ended(world.promote(KeyId)), 'TimeoutError');
    await world.run(world.clock.sleep(STARTS_AT + 599_999 - world.clock.now()));
    assert.equal(await ended(world.promote(KeyId)), 'TimeoutError');
    assert.ok(world.clock.now() > STARTS_AT + 600_000);
    assert.equal(await ended(world.promote(KeyId)), 'ok');
    assert.equal(world.kms.truth().promotionsAccepted, 1);
  });
});
