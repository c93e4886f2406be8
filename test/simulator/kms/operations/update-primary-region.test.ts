import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCOUNT, arnOf, KmsWorld, OTHER_ACCOUNT, SOURCE, seedWhere, TARGET, THIRD } from '../kms-world.ts';

const roles = (world: KmsWorld, keyId: string) =>
  Object.fromEntries(Object.entries(world.truthOf(keyId).regions).map(([region, { role, state }]) => [region, `${role} ${state}`]));

describe('UpdatePrimaryRegion', () => {
  it('answers with an empty body, swaps the roles at once and leaves both keys Updating', async () => {
    const world = new KmsWorld();
    const keyId = world.key({ replicas: [TARGET, THIRD] });

    const { $metadata, ...body } = await world.promote(keyId);

    assert.equal($metadata.httpStatusCode, 200);
    assert.deepEqual(body, {});
    assert.deepEqual(roles(world, keyId), { [SOURCE]: 'REPLICA Updating', [TARGET]: 'PRIMARY Updating', [THIRD]: 'REPLICA Enabled' });
  });

  it('settles by itself, and then every Region names the new primary', async () => {
    const world = new KmsWorld();
    const keyId = world.key({ replicas: [TARGET, THIRD] });
    await world.promote(keyId);
    assert.equal(world.truthOf(keyId).regions[THIRD]?.primaryRegion, SOURCE);

    await world.pass(1_000);

    assert.deepEqual(roles(world, keyId), { [SOURCE]: 'REPLICA Enabled', [TARGET]: 'PRIMARY Enabled', [THIRD]: 'REPLICA Enabled' });
    for (const region of [SOURCE, TARGET, THIRD]) {
      const { KeyMetadata } = await world.run(world.at(region).describeKey({ KeyId: keyId }));
      assert.deepEqual(KeyMetadata?.MultiRegionConfiguration?.PrimaryKey, { Arn: arnOf(keyId, TARGET), Region: TARGET });
      assert.deepEqual(KeyMetadata?.MultiRegionConfiguration?.ReplicaKeys, [
        { Arn: arnOf(keyId, THIRD), Region: THIRD },
        { Arn: arnOf(keyId, SOURCE), Region: SOURCE },
      ]);
    }
  });

  it('takes the ARN of the primary as well as its key ID', async () => {
    const world = new KmsWorld();
    const keyId = world.key();

    await world.promote(arnOf(keyId, SOURCE));

    assert.equal(world.truthOf(keyId).regions[TARGET]?.role, 'PRIMARY');
  });

  it('succeeds without a transition when the primary is in that Region already', async () => {
    const world = new KmsWorld();
    const keyId = world.key();

    await world.promote(keyId, SOURCE, SOURCE);

    assert.deepEqual(roles(world, keyId), { [SOURCE]: 'PRIMARY Enabled', [TARGET]: 'REPLICA Enabled' });
    assert.equal(world.kms.truth().promotionsAccepted, 0);
  });

  it('tells its listeners of a promotion at the moment of acceptance', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    const heard: unknown[] = [];
    world.kms.onAccepted((promotion) => heard.push(promotion));

    await world.promote(keyId);

    assert.deepEqual(heard, [{ account: ACCOUNT, keyId, source: SOURCE, target: TARGET, at: world.clock.now() }]);
  });
});

interface RefusalCase {
  readonly name: string;
  readonly prepare?: (world: KmsWorld, keyId: string) => unknown;
  readonly from?: string;
  readonly to?: string;
  readonly keyIdSent?: (keyId: string) => string;
  readonly error: string;
  readonly message: (keyId: string) => string;
}

const REFUSALS: readonly RefusalCase[] = [
  {
    name: "a call to the replica's Region",
    from: TARGET,
    to: SOURCE,
    error: 'KMSInvalidStateException',
    message: (keyId) => `${arnOf(keyId, TARGET)} is not a multi-Region primary key.`,
  },
  {
    name: 'a blind retry after a success',
    prepare: (world, keyId) => world.promote(keyId),
    error: 'KMSInvalidStateException',
    message: (keyId) => `${arnOf(keyId, SOURCE)} is not a multi-Region primary key.`,
  },
  {
    name: 'a Region in which the key has no replica',
    to: THIRD,
    error: 'ValidationException',
    message: (keyId) => `${keyId} does not have a replica key in the specified Region.`,
  },
  {
    name: 'a Region that this account has never heard of',
    to: 'sa-east-1',
    error: 'ValidationException',
    message: (keyId) => `${keyId} does not have a replica key in the specified Region.`,
  },
  {
    name: 'an alias',
    keyIdSent: () => 'alias/orders',
    error: 'InvalidArnException',
    message: () => 'Key Aliases are not supported for this operation.',
  },
  {
    name: 'a key ID unknown at this endpoint',
    keyIdSent: () => `mrk-${'0'.repeat(32)}`,
    error: 'NotFoundException',
    message: () => `Key '${arnOf(`mrk-${'0'.repeat(32)}`, SOURCE)}' does not exist`,
  },
  {
    name: 'a disabled primary',
    prepare: (world, keyId) => world.kms.setState(ACCOUNT, keyId, SOURCE, 'Disabled'),
    error: 'DisabledException',
    message: (keyId) => `${arnOf(keyId, SOURCE)} is disabled.`,
  },
  {
    name: 'a disabled replica',
    prepare: (world, keyId) => world.kms.setState(ACCOUNT, keyId, TARGET, 'Disabled'),
    error: 'DisabledException',
    message: (keyId) => `${arnOf(keyId, TARGET)} is disabled.`,
  },
  {
    name: 'a replica that is pending deletion',
    prepare: (world, keyId) => world.kms.setState(ACCOUNT, keyId, TARGET, 'PendingDeletion'),
    error: 'KMSInvalidStateException',
    message: (keyId) => `${arnOf(keyId, TARGET)} is pending deletion.`,
  },
  {
    name: 'a primary that is pending import',
    prepare: (world, keyId) => world.kms.setState(ACCOUNT, keyId, SOURCE, 'PendingImport'),
    error: 'KMSInvalidStateException',
    message: (keyId) => `${arnOf(keyId, SOURCE)} is pending import.`,
  },
  {
    name: 'a replica that is pending import',
    prepare: (world, keyId) => world.kms.setState(ACCOUNT, keyId, TARGET, 'PendingImport'),
    error: 'KMSInvalidStateException',
    message: (keyId) => `${arnOf(keyId, TARGET)} is pending import.`,
  },
  {
    name: 'a replica that is being created',
    prepare: (world, keyId) => world.kms.setState(ACCOUNT, keyId, TARGET, 'Creating'),
    error: 'KMSInvalidStateException',
    message: (keyId) => `${arnOf(keyId, TARGET)} is creating.`,
  },
  {
    name: 'a primary that is being created',
    prepare: (world, keyId) => world.kms.setState(ACCOUNT, keyId, SOURCE, 'Creating'),
    error: 'KMSInvalidStateException',
    message: (keyId) => `${arnOf(keyId, SOURCE)} is creating.`,
  },
  ...[SOURCE, TARGET].map(
    (side): RefusalCase => ({
      name: `a caller whom the policy in ${side} denies`,
      prepare: (world: KmsWorld, keyId: string) => world.kms.deny(ACCOUNT, keyId, side, ['UpdatePrimaryRegion']),
      error: 'AccessDeniedException',
      message: (keyId: string) =>
        `User: arn:aws:sts::${ACCOUNT}:assumed-role/simulated-caller/session is not authorized to perform: kms:UpdatePrimaryRegion ` +
        `on resource: ${arnOf(keyId, side)} because no resource-based policy allows the kms:UpdatePrimaryRegion action`,
    }),
  ),
  {
    name: 'a PrimaryRegion that is no Region',
    to: 'Mars',
    error: 'ValidationException',
    message: () =>
      "1 validation error detected: Value 'Mars' at 'primaryRegion' failed to satisfy constraint: " +
      'Member must satisfy regular expression pattern: ^([a-z]+-){2,3}\\d+$',
  },
];

describe('UpdatePrimaryRegion refuses', () => {
  for (const { name, prepare, from = SOURCE, to = TARGET, keyIdSent = (keyId: string) => keyId, error, message } of REFUSALS) {
    it(`${name}, with ${error}, and changes nothing`, async () => {
      const world = new KmsWorld();
      const keyId = world.key({ aliases: ['alias/orders'] });
      await prepare?.(world, keyId);
      const before = world.kms.truth();

      await assert.rejects(world.promote(keyIdSent(keyId), from, to), { name: error, message: message(keyId) });

      assert.deepEqual(world.kms.truth(), before);
    });
  }

  it("another account's key, as if it had none of that ID", async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    const stranger = world.at(SOURCE, OTHER_ACCOUNT);

    await assert.rejects(world.run(stranger.updatePrimaryRegion({ KeyId: keyId, PrimaryRegion: TARGET })), {
      name: 'NotFoundException',
      message: `Key '${arnOf(keyId, SOURCE, OTHER_ACCOUNT)}' does not exist`,
    });
    await assert.rejects(world.run(stranger.updatePrimaryRegion({ KeyId: arnOf(keyId, SOURCE), PrimaryRegion: TARGET })), {
      name: 'AccessDeniedException',
    });
    assert.equal(world.kms.truth().promotionsAccepted, 0);
  });
});

describe('UpdatePrimaryRegion, where the answer of AWS is not known, lets the seed choose', () => {
  for (const [error, message] of [
    ['UnsupportedOperationException', 'is not a multi-Region key.'],
    ['KMSInvalidStateException', 'is not a multi-Region primary key.'],
  ] as const) {
    it(`${error} for a single-Region key`, async () => {
      const world = new KmsWorld({ seed: seedWhere(({ singleRegionError }) => singleRegionError === error) });
      const keyId = world.key({ keyId: '12345678-1234-1234-1234-123456789012', replicas: [] });

      await assert.rejects(world.promote(keyId), { name: error, message: `${arnOf(keyId, SOURCE)} ${message}` });
    });
  }

  for (const error of ['NotFoundException', 'InvalidArnException'] as const) {
    it(`${error} for the ARN of another Region`, async () => {
      const world = new KmsWorld({ seed: seedWhere(({ foreignArnError }) => foreignArnError === error) });
      const keyId = world.key();

      await assert.rejects(world.promote(arnOf(keyId, TARGET)), { name: error, message: `Invalid arn ${TARGET}` });
    });
  }

  for (const error of ['DisabledException', 'KMSInvalidStateException'] as const) {
    it(`${error} for a primary that is pending deletion or pending replica deletion`, async () => {
      const world = new KmsWorld({ seed: seedWhere(({ pendingDeletionError }) => pendingDeletionError === error) });
      const keyIds = [world.key(), world.key()] as const;
      world.kms.setState(ACCOUNT, keyIds[0], SOURCE, 'PendingDeletion');
      world.kms.setState(ACCOUNT, keyIds[1], SOURCE, 'PendingReplicaDeletion');

      await assert.rejects(world.promote(keyIds[0]), { name: error, message: `${arnOf(keyIds[0], SOURCE)} is pending deletion.` });
      await assert.rejects(world.promote(keyIds[1]), { name: error, message: `${arnOf(keyIds[1], SOURCE)} is pending replica deletion.` });
    });
  }

  it('that a key still Updating may be promoted back, which starts the settling anew', async () => {
    const world = new KmsWorld({ seed: seedWhere(({ promotesWhileUpdating }) => promotesWhileUpdating) });
    const keyId = world.key();
    await world.promote(keyId);
    await world.pass(600);

    await world.promote(keyId, TARGET, SOURCE);

    await world.pass(600);
    assert.deepEqual(roles(world, keyId), { [SOURCE]: 'PRIMARY Updating', [TARGET]: 'REPLICA Updating' });
    await world.pass(400);
    assert.deepEqual(roles(world, keyId), { [SOURCE]: 'PRIMARY Enabled', [TARGET]: 'REPLICA Enabled' });
  });

  it('that a key still Updating may be promoted on to a third Region, and then all of its Regions settle', async () => {
    const world = new KmsWorld({ seed: seedWhere(({ promotesWhileUpdating }) => promotesWhileUpdating) });
    const keyId = world.key({ replicas: [TARGET, THIRD] });
    await world.promote(keyId);

    await world.promote(keyId, TARGET, THIRD);

    assert.deepEqual(roles(world, keyId), { [SOURCE]: 'REPLICA Updating', [TARGET]: 'REPLICA Updating', [THIRD]: 'PRIMARY Updating' });
    await world.pass(1_000);
    assert.deepEqual(roles(world, keyId), { [SOURCE]: 'REPLICA Enabled', [TARGET]: 'REPLICA Enabled', [THIRD]: 'PRIMARY Enabled' });
  });

  it('that a key still Updating is refused, naming the new primary', async () => {
    const world = new KmsWorld({ seed: seedWhere(({ promotesWhileUpdating }) => !promotesWhileUpdating) });
    const keyId = world.key();
    await world.promote(keyId);

    await assert.rejects(world.promote(keyId, TARGET, SOURCE), {
      name: 'KMSInvalidStateException',
      message: `${arnOf(keyId, TARGET)} is updating.`,
    });
  });
});
