import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCOUNT, arnOf, KmsWorld, SOURCE, STARTS_AT, TARGET, THIRD } from '../kms-world.ts';

const describeKey = async (world: KmsWorld, region: string, KeyId: string) => {
  const { KeyMetadata } = await world.run(world.at(region).describeKey({ KeyId }));
  assert.ok(KeyMetadata);
  return KeyMetadata;
};

describe('CreateKey', () => {
  it('makes a primary without replicas, tagged and enabled', async () => {
    const world = new KmsWorld();
    const request = { MultiRegion: true, Description: 'orders', Tags: [{ TagKey: 'team', TagValue: 'blue' }] };

    const { KeyMetadata } = await world.run(world.at(SOURCE).createKey(request));

    const KeyId = KeyMetadata?.KeyId ?? '';
    assert.match(KeyId, /^mrk-[0-9a-f]{32}$/);
    const { CurrentKeyMaterialId, ...described } = await describeKey(world, SOURCE, KeyId);
    assert.match(CurrentKeyMaterialId ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual(described, {
      AWSAccountId: ACCOUNT,
      KeyId,
      Arn: arnOf(KeyId, SOURCE),
      CreationDate: new Date(STARTS_AT),
      Enabled: true,
      Description: 'orders',
      KeyUsage: 'ENCRYPT_DECRYPT',
      KeyState: 'Enabled',
      Origin: 'AWS_KMS',
      KeyManager: 'CUSTOMER',
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      KeySpec: 'SYMMETRIC_DEFAULT',
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      MultiRegion: true,
      MultiRegionConfiguration: {
        MultiRegionKeyType: 'PRIMARY',
        PrimaryKey: { Arn: arnOf(KeyId, SOURCE), Region: SOURCE },
        ReplicaKeys: [],
      },
    });
    assert.deepEqual((await world.run(world.at(SOURCE).listResourceTags({ KeyId }))).Tags, request.Tags);
  });

  it('makes a single-Region key unless told otherwise, which has no configuration of Regions and cannot be replicated', async () => {
    const world = new KmsWorld();

    const { KeyMetadata } = await world.run(world.at(SOURCE).createKey({}));

    const KeyId = KeyMetadata?.KeyId ?? '';
    assert.match(KeyId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(KeyMetadata?.MultiRegion, false);
    assert.equal(KeyMetadata?.MultiRegionConfiguration, undefined);
    await assert.rejects(world.run(world.at(SOURCE).replicateKey({ KeyId, ReplicaRegion: TARGET })), {
      name: 'UnsupportedOperationException',
    });
  });

  it('refuses a usage that the spec does not have', async () => {
    const world = new KmsWorld();

    await assert.rejects(world.run(world.at(SOURCE).createKey({ KeySpec: 'HMAC_256', KeyUsage: 'SIGN_VERIFY' })), {
      name: 'ValidationException',
      message: 'KeyUsage SIGN_VERIFY is not compatible with KeySpec HMAC_256',
    });
  });
});

describe('ReplicateKey', () => {
  it('makes a replica that is Creating for a while and has no description, no tags and the default policy', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ replicas: [], tags: { team: 'blue' } });

    const { ReplicaKeyMetadata, ReplicaTags } = await world.run(world.at(SOURCE).replicateKey({ KeyId, ReplicaRegion: TARGET }));

    assert.equal(ReplicaKeyMetadata?.KeyState, 'Creating');
    assert.equal(ReplicaKeyMetadata?.Enabled, false);
    assert.equal(ReplicaKeyMetadata?.CurrentKeyMaterialId, undefined);
    assert.equal(ReplicaKeyMetadata?.Description, '');
    assert.deepEqual(ReplicaTags, []);
    const { Policy = '' } = await world.run(world.at(TARGET).getKeyPolicy({ KeyId }));
    assert.deepEqual(JSON.parse(Policy).Statement[0].Principal, { AWS: `arn:aws:iam::${ACCOUNT}:root` });
    await world.pass(1_000);
    const [primary, replica] = [await describeKey(world, SOURCE, KeyId), await describeKey(world, TARGET, KeyId)];
    assert.equal(replica.KeyState, 'Enabled');
    assert.equal(replica.CurrentKeyMaterialId, primary.CurrentKeyMaterialId);
    assert.deepEqual(primary.MultiRegionConfiguration?.ReplicaKeys, [{ Arn: arnOf(KeyId, TARGET), Region: TARGET }]);
  });

  it('refuses a second related key in one Region', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();

    await assert.rejects(world.run(world.at(SOURCE).replicateKey({ KeyId, ReplicaRegion: TARGET })), {
      name: 'AlreadyExistsException',
      message: 'You can create only one replica of each primary key in each AWS Region.',
    });
  });

  it('refuses it too while the one there is pending deletion', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    await world.run(world.at(TARGET).scheduleKeyDeletion({ KeyId }));

    await assert.rejects(world.run(world.at(SOURCE).replicateKey({ KeyId, ReplicaRegion: TARGET })), { name: 'AlreadyExistsException' });
  });

  it('refuses a replica as the original, by another error than UpdatePrimaryRegion has for it', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();

    await assert.rejects(world.run(world.at(TARGET).replicateKey({ KeyId, ReplicaRegion: THIRD })), {
      name: 'UnsupportedOperationException',
      message: `${arnOf(KeyId, TARGET)} is not a multi-region primary key.`,
    });
  });

  it('refuses a Region that the account does not have', async () => {
    const world = new KmsWorld();

    await assert.rejects(world.run(world.at(SOURCE).replicateKey({ KeyId: world.key(), ReplicaRegion: 'sa-east-1' })), {
      name: 'ValidationException',
    });
  });
});

describe('Related keys', () => {
  it('share ID, material, spec and usage, and list each other in alphabetical order', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ replicas: [TARGET, THIRD] });

    const metadata = [];
    for (const region of [SOURCE, TARGET, THIRD]) metadata.push(await describeKey(world, region, KeyId));

    for (const field of ['KeyId', 'CurrentKeyMaterialId', 'KeySpec', 'KeyUsage', 'Origin'] as const) {
      assert.equal(new Set(metadata.map((one) => one[field])).size, 1, field);
    }
    assert.deepEqual(
      metadata.map(({ Arn, MultiRegionConfiguration }) => [Arn, MultiRegionConfiguration?.MultiRegionKeyType]),
      [
        [arnOf(KeyId, SOURCE), 'PRIMARY'],
        [arnOf(KeyId, TARGET), 'REPLICA'],
        [arnOf(KeyId, THIRD), 'REPLICA'],
      ],
    );
    for (const { MultiRegionConfiguration } of metadata) {
      assert.deepEqual(
        MultiRegionConfiguration?.ReplicaKeys?.map(({ Region }) => Region),
        [THIRD, TARGET],
      );
    }
  });

  it('keep tags, aliases, policy and enabled state each for themselves', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const target = world.at(TARGET);
    await world.run(target.tagResource({ KeyId, Tags: [{ TagKey: 'b', TagValue: '2' }] }));
    await world.run(target.tagResource({ KeyId, Tags: [{ TagKey: 'a', TagValue: '1' }] }));
    await world.run(target.untagResource({ KeyId, TagKeys: ['b'] }));
    await world.run(target.createAlias({ AliasName: 'alias/there', TargetKeyId: KeyId }));
    await world.run(target.putKeyPolicy({ KeyId, Policy: '{"Version":"2012-10-17"}' }));
    await world.run(target.disableKey({ KeyId }));

    const seen = async (region: string) => ({
      tags: (await world.run(world.at(region).listResourceTags({ KeyId }))).Tags,
      aliases: (await world.run(world.at(region).listAliases({ KeyId }))).Aliases?.map(({ AliasName }) => AliasName),
      policyChanged: (await world.run(world.at(region).getKeyPolicy({ KeyId }))).Policy === '{"Version":"2012-10-17"}',
      state: (await describeKey(world, region, KeyId)).KeyState,
    });

    assert.deepEqual(await seen(SOURCE), { tags: [], aliases: [], policyChanged: false, state: 'Enabled' });
    assert.deepEqual(await seen(TARGET), {
      tags: [{ TagKey: 'a', TagValue: '1' }],
      aliases: ['alias/there'],
      policyChanged: true,
      state: 'Disabled',
    });
    await world.run(target.enableKey({ KeyId }));
    assert.equal((await describeKey(world, TARGET, KeyId)).KeyState, 'Enabled');
  });

  it('share a rotation that is switched on the primary only, seen from everywhere and kept through a promotion', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    await world.run(world.at(SOURCE).enableKeyRotation({ KeyId, RotationPeriodInDays: 90 }));
    const NextRotationDate = new Date(STARTS_AT + 90 * 86_400_000);

    for (const region of [SOURCE, TARGET]) {
      const { $metadata, ...status } = await world.run(world.at(region).getKeyRotationStatus({ KeyId }));
      assert.deepEqual(status, { KeyId: arnOf(KeyId, region), KeyRotationEnabled: true, RotationPeriodInDays: 90, NextRotationDate });
    }
    for (const operation of ['EnableKeyRotation', 'DisableKeyRotation'] as const) {
      const target = world.at(TARGET);
      const asked = operation === 'EnableKeyRotation' ? target.enableKeyRotation({ KeyId }) : target.disableKeyRotation({ KeyId });
      await assert.rejects(world.run(asked), {
        name: 'UnsupportedOperationException',
        message: `${arnOf(KeyId, TARGET)} is a multi-region replica key which is not valid for ${operation}.`,
      });
    }
    await world.promote(KeyId);
    assert.equal((await world.run(world.at(TARGET).getKeyRotationStatus({ KeyId }))).KeyRotationEnabled, true);
    await world.run(world.at(TARGET).disableKeyRotation({ KeyId }));
    assert.equal((await world.run(world.at(SOURCE).getKeyRotationStatus({ KeyId }))).KeyRotationEnabled, false);
  });

  it('cannot be rotated when they are not symmetric', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' });

    await assert.rejects(world.run(world.at(SOURCE).enableKeyRotation({ KeyId })), { name: 'UnsupportedOperationException' });
  });
});

describe('Key deletion', () => {
  const DAY_MS = 86_400_000;

  it('of a primary waits for its last replica, and only then starts its window', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();

    const scheduled = await world.run(world.at(SOURCE).scheduleKeyDeletion({ KeyId, PendingWindowInDays: 10 }));
    await world.run(world.at(TARGET).scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 }));

    assert.deepEqual(
      [scheduled.KeyState, scheduled.DeletionDate, scheduled.PendingWindowInDays],
      ['PendingReplicaDeletion', undefined, 10],
    );
    const waiting = await describeKey(world, SOURCE, KeyId);
    assert.deepEqual([waiting.PendingDeletionWindowInDays, waiting.DeletionDate], [10, undefined]);
    assert.deepEqual(
      waiting.MultiRegionConfiguration?.ReplicaKeys?.map(({ Region }) => Region),
      [TARGET],
    );
    await world.pass(7 * DAY_MS);
    const doomed = await describeKey(world, SOURCE, KeyId);
    assert.deepEqual([doomed.KeyState, doomed.DeletionDate], ['PendingDeletion', new Date(world.clock.now() + 10 * DAY_MS)]);
    assert.deepEqual(doomed.MultiRegionConfiguration?.ReplicaKeys, []);
    await assert.rejects(describeKey(world, TARGET, KeyId), { name: 'NotFoundException' });
    await world.pass(10 * DAY_MS);
    await assert.rejects(describeKey(world, SOURCE, KeyId), { name: 'NotFoundException' });
    assert.deepEqual(world.kms.truth().keys, []);
  });

  it('can be cancelled, which leaves the key disabled for good', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    await world.run(world.at(TARGET).scheduleKeyDeletion({ KeyId, PendingWindowInDays: 7 }));

    const cancelled = await world.run(world.at(TARGET).cancelKeyDeletion({ KeyId }));

    assert.equal(cancelled.KeyId, arnOf(KeyId, TARGET));
    await world.pass(8 * DAY_MS);
    assert.equal((await describeKey(world, TARGET, KeyId)).KeyState, 'Disabled');
  });
});
