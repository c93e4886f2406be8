import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCOUNT, KmsWorld, SOURCE, TARGET } from '../kms-world.ts';

const aliasArn = (name: string, region = SOURCE): string => `arn:aws:kms:${region}:${ACCOUNT}:${name}`;

const targetsOf = async (world: KmsWorld, region: string) =>
  Object.fromEntries(
    ((await world.run(world.at(region).listAliases({}))).Aliases ?? []).map(({ AliasName, TargetKeyId }) => [AliasName, TargetKeyId]),
  );

describe('UpdateAlias', () => {
  it('makes the alias name another key, in its own Region only', async () => {
    const world = new KmsWorld();
    const [before, after] = [world.key({ aliases: ['alias/orders'] }), world.key()];
    await world.pass(10_000);

    await world.run(world.at(SOURCE).updateAlias({ AliasName: 'alias/orders', TargetKeyId: after }));

    assert.deepEqual(await targetsOf(world, SOURCE), { 'alias/orders': after });
    assert.deepEqual(await targetsOf(world, TARGET), { 'alias/orders': before });
    assert.equal((await world.run(world.at(SOURCE).describeKey({ KeyId: 'alias/orders' }))).KeyMetadata?.KeyId, after);
    const [alias] = (await world.run(world.at(SOURCE).listAliases({ KeyId: after }))).Aliases ?? [];
    assert.equal(alias?.LastUpdatedDate?.getTime(), world.clock.now());
    assert.ok((alias?.CreationDate ?? 0) < (alias?.LastUpdatedDate ?? 0));
  });

  it('refuses an alias that is not there, a key of another kind, and one that is pending deletion', async () => {
    const world = new KmsWorld();
    world.key({ aliases: ['alias/orders'] });
    const mac = world.key({ keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' });
    const doomed = world.key();
    world.kms.setState(ACCOUNT, doomed, SOURCE, 'PendingDeletion');
    const update = (AliasName: string, TargetKeyId: string) => world.run(world.at(SOURCE).updateAlias({ AliasName, TargetKeyId }));

    await assert.rejects(update('alias/none', doomed), {
      name: 'NotFoundException',
      message: `Alias ${aliasArn('alias/none')} is not found.`,
    });
    await assert.rejects(update('alias/orders', mac), { name: 'ValidationException' });
    await assert.rejects(update('alias/orders', doomed), { name: 'KMSInvalidStateException', message: /is pending deletion\.$/ });
    await assert.rejects(update('alias/orders', 'alias/orders'), { name: 'InvalidArnException' });
  });
});

describe('DeleteAlias', () => {
  it('takes the name from the key, which can then be given again', async () => {
    const world = new KmsWorld();
    const keyId = world.key({ aliases: ['alias/orders'] });
    const kms = world.at(SOURCE);

    await world.run(kms.deleteAlias({ AliasName: 'alias/orders' }));

    assert.deepEqual(await targetsOf(world, SOURCE), {});
    for (const asked of [() => kms.describeKey({ KeyId: 'alias/orders' }), () => kms.deleteAlias({ AliasName: 'alias/orders' })]) {
      await assert.rejects(world.run(asked()), { name: 'NotFoundException', message: `Alias ${aliasArn('alias/orders')} is not found.` });
    }
    await world.run(kms.createAlias({ AliasName: 'alias/orders', TargetKeyId: keyId }));
    await world.pass(300_000);
    assert.deepEqual(await targetsOf(world, SOURCE), { 'alias/orders': keyId });
  });
});

describe('The name of an alias', () => {
  it('is refused without its prefix, under that of AWS, without anything after the prefix, and when it is taken', async () => {
    const world = new KmsWorld();
    const TargetKeyId = world.key({ aliases: ['alias/orders'] });

    for (const [AliasName, name, message] of [
      ['orders', 'ValidationException', /^Alias must start with the prefix "alias\/"\./],
      ['alias/aws/orders', 'NotAuthorizedException', /belongs to AWS/],
      ['alias/', 'InvalidAliasNameException', /at least one/],
      ['alias/a:b', 'InvalidAliasNameException', /letters, digits/],
      ['alias/a b', 'ValidationException', /regular expression pattern: \^\[a-zA-Z0-9:\/_-\]\+\$$/],
      ['alias/orders', 'AlreadyExistsException', /An alias with the name arn:aws:kms:us-east-1:111111111111:alias\/orders already exists/],
    ] as const) {
      await assert.rejects(world.run(world.at(SOURCE).createAlias({ AliasName, TargetKeyId })), { name, message });
    }
  });

  it('can be one of 50 that a key has', async () => {
    const world = new KmsWorld();
    const TargetKeyId = world.key({ aliases: Array.from({ length: 50 }, (_, index) => `alias/${index}`) });

    await assert.rejects(world.run(world.at(SOURCE).createAlias({ AliasName: 'alias/more', TargetKeyId })), {
      name: 'LimitExceededException',
    });
  });
});
