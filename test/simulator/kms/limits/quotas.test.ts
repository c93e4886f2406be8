import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ratePerSecond } from '../../../../simulator/kms/limits/quotas.ts';
import type { Temperament } from '../../../../simulator/kms/temperament.ts';
import { KmsWorld, OTHER_ACCOUNT, SOURCE, seedWhere, TARGET, THIRD } from '../kms-world.ts';

const KINDS: readonly Temperament['limiter'][] = ['wide-bucket', 'narrow-bucket', 'sliding-second'];

const THROTTLED = { name: 'ThrottlingException', message: /^You have exceeded the rate at which you may call KMS\./ };

/** Sends one promotion every `everyMs`, each of a key of its own. @returns how many were throttled */
const throttledAt = async (seed: number, everyMs: number, keys = 80): Promise<number> => {
  const world = new KmsWorld({ seed, unkindness: 'unkind' });
  let throttled = 0;
  const send = async (KeyId: string, index: number) => {
    await world.clock.sleep(index * everyMs);
    const refused = await world
      .at(SOURCE)
      .updatePrimaryRegion({ KeyId, PrimaryRegion: TARGET })
      .then(
        () => undefined,
        (error: Error) => error,
      );
    if (refused === undefined) return;
    assert.equal(refused.name, THROTTLED.name);
    throttled += 1;
  };
  await world.run(Promise.all(Array.from({ length: keys }, () => world.key()).map(send)));
  assert.equal(world.kms.counts().throttled.UpdatePrimaryRegion ?? 0, throttled);
  return throttled;
};

describe('The quota of UpdatePrimaryRegion', () => {
  for (const limiter of KINDS) {
    for (const refusedCallsCount of [true, false]) {
      const seed = seedWhere((drawn) => drawn.limiter === limiter && drawn.refusedCallsCount === refusedCallsCount, 'unkind');
      const world = `${limiter}, refused calls ${refusedCallsCount ? 'count' : 'are free'}`;

      it(`bears four calls a second, evenly spaced (${world})`, async () => {
        assert.equal(await throttledAt(seed, 250), 0);
      });

      it(`throttles ten calls a second (${world})`, async () => {
        const throttled = await throttledAt(seed, 100);

        assert.ok(throttled >= 35, `${throttled} of 80 calls were throttled`);
        assert.ok(refusedCallsCount || throttled <= 45, `${throttled} of 80 calls were throttled`);
      });
    }
  }

  it('is spent in both Regions of a call, and by both directions', async () => {
    const world = new KmsWorld();
    const there = Array.from({ length: 5 }, () => world.key());
    const back = world.key({ primary: TARGET, replicas: [SOURCE] });
    const intoTarget = world.key({ primary: THIRD, replicas: [TARGET] });
    for (const keyId of there) await world.promote(keyId);

    await assert.rejects(world.promote(back, TARGET, SOURCE), THROTTLED);
    await assert.rejects(world.promote(intoTarget, THIRD, TARGET), THROTTLED);
    assert.equal(world.truthOf(intoTarget).regions[THIRD]?.role, 'PRIMARY');
    await world.pass(200);
    await world.promote(intoTarget, THIRD, TARGET);
  });

  it('is left alone where a call is refused, when refused calls are free', async () => {
    const world = new KmsWorld();
    for (let call = 0; call < 5; call += 1) await world.promote(world.key());
    for (let call = 0; call < 4; call += 1) {
      await assert.rejects(world.promote(world.key({ primary: THIRD, replicas: [TARGET] }), THIRD, TARGET), THROTTLED);
    }

    for (let call = 0; call < 5; call += 1) await world.promote(world.key({ primary: THIRD, replicas: [] }), THIRD, THIRD);
  });

  it('is each account its own, and leaves reads alone', async () => {
    const world = new KmsWorld();
    const keyIds = Array.from({ length: 5 }, () => world.key());
    const others = world.key({ account: OTHER_ACCOUNT });
    for (const keyId of keyIds) await world.promote(keyId);

    await assert.doesNotReject(world.run(world.at(SOURCE, OTHER_ACCOUNT).updatePrimaryRegion({ KeyId: others, PrimaryRegion: TARGET })));
    await assert.doesNotReject(world.run(world.at(SOURCE).describeKey({ KeyId: keyIds[0] })));
  });
});

describe('A hot key', () => {
  for (const callsMax of [2, 3, 4]) {
    it(`bears ${callsMax} calls within a minute in this world, whichever Region they go to, and is throttled after that`, async () => {
      const world = new KmsWorld({ seed: seedWhere(({ hotKeyCallsMax }) => hotKeyCallsMax === callsMax) });
      const keyId = world.key();
      let [from, to] = [SOURCE, TARGET];
      for (let call = 0; call < callsMax; call += 1) {
        await world.promote(keyId, from, to);
        [from, to] = [to, from];
        await world.pass(10_000);
      }

      await assert.rejects(world.promote(keyId, from, to), THROTTLED);
      assert.equal(world.kms.truth().promotionsAccepted, callsMax);
      await world.promote(world.key());
      await world.pass(60_000 - callsMax * 10_000);
      await world.promote(keyId, from, to);
    });
  }

  for (const callsMax of [5, 10, 20]) {
    it(`bears ${callsMax} EnableKey and DisableKey calls within a minute in this world, in each of its Regions`, async () => {
      const world = new KmsWorld({ seed: seedWhere(({ hotSwitchCallsMax }) => hotSwitchCallsMax === callsMax) });
      const KeyId = world.key();
      for (let call = 0; call < callsMax; call += 1) {
        await world.run(call % 2 === 0 ? world.at(SOURCE).disableKey({ KeyId }) : world.at(SOURCE).enableKey({ KeyId }));
        await world.pass(1_000);
      }

      await assert.rejects(world.run(world.at(SOURCE).disableKey({ KeyId })), THROTTLED);
      await world.run(world.at(TARGET).disableKey({ KeyId }));
      await world.pass(60_000);
      await world.run(world.at(SOURCE).disableKey({ KeyId }));
    });
  }
});

describe('The other quotas', () => {
  it('take two CreateKey units in the Region of a new replica', async () => {
    const world = new KmsWorld();
    for (const KeyId of [world.key({ replicas: [] }), world.key({ replicas: [] })]) {
      await world.run(world.at(SOURCE).replicateKey({ KeyId, ReplicaRegion: TARGET }));
    }

    await world.run(world.at(TARGET).createKey({}));
    await assert.rejects(world.run(world.at(TARGET).createKey({})), THROTTLED);
    await assert.doesNotReject(world.run(world.at(SOURCE).createKey({})));
  });

  it('are those that AWS publishes', () => {
    const published = {
      CancelKeyDeletion: 5,
      CreateAlias: 5,
      CreateGrant: 50,
      CreateKey: 5,
      DeleteAlias: 15,
      DescribeKey: 2_000,
      DisableKey: 5,
      DisableKeyRotation: 5,
      EnableKey: 5,
      EnableKeyRotation: 15,
      GetKeyLastUsage: 5,
      GetKeyPolicy: 1_000,
      GetKeyRotationStatus: 1_000,
      GetPublicKey: 2_000,
      ListAliases: 500,
      ListGrants: 100,
      ListKeyPolicies: 100,
      ListKeyRotations: 100,
      ListKeys: 500,
      ListResourceTags: 2_000,
      PutKeyPolicy: 15,
      ReplicateKey: 5,
      RetireGrant: 50,
      RevokeGrant: 50,
      RotateKeyOnDemand: 5,
      ScheduleKeyDeletion: 15,
      TagResource: 10,
      UntagResource: 5,
      UpdateAlias: 5,
      UpdateKeyDescription: 5,
      UpdatePrimaryRegion: 5,
      'rsa-cryptography': 1_000,
      'ecc-cryptography': 1_000,
      'ml-dsa-cryptography': 1_000,
    } as const;
    for (const [quota, rate] of Object.entries(published))
      assert.equal(ratePerSecond(quota as keyof typeof published, SOURCE), rate, quota);
    for (const [region, rate] of Object.entries({ 'us-east-1': 100_000, 'eu-west-2': 20_000, 'ca-central-1': 10_000 })) {
      assert.equal(ratePerSecond('symmetric-cryptography', region), rate, region);
    }
  });

  for (const limiter of KINDS) {
    it(`may be less than one a second (${limiter})`, async () => {
      const world = new KmsWorld({
        seed: seedWhere((drawn) => drawn.limiter === limiter && !drawn.refusedCallsCount, 'unkind'),
        unkindness: 'unkind',
      });
      const KeyId = world.key();
      const make = () => world.run(world.at(SOURCE).generateDataKeyPair({ KeyId, KeyPairSpec: 'RSA_2048' }));

      await make();
      await assert.rejects(make(), THROTTLED);
      await world.pass(1_000);
      await assert.doesNotReject(make());
    });
  }

  it('are shared by the operations of a pool, and by no key of another', async () => {
    const world = new KmsWorld();
    const signing = world.key({ keySpec: 'ECC_NIST_P256', keyUsage: 'SIGN_VERIFY' });
    const kms = world.at(SOURCE);
    const request = { KeyId: signing, Message: Buffer.from('m'), SigningAlgorithm: 'ECDSA_SHA_256', DryRun: true } as const;
    const dryRuns = (calls: number) =>
      world.run(Promise.all(Array.from({ length: calls }, () => kms.sign(request).catch(({ name }: Error) => name))));

    assert.deepEqual(new Set(await dryRuns(1_000)), new Set(['DryRunOperationException']));
    await assert.rejects(world.run(kms.verify({ ...request, Signature: Buffer.from('s') })), THROTTLED);
    await assert.doesNotReject(world.run(kms.encrypt({ KeyId: world.key(), Plaintext: Buffer.from('p') })));
  });
});
