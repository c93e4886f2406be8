import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCOUNT, arnOf, KmsWorld, SOURCE, STARTS_AT, TARGET } from '../kms-world.ts';

const GranteePrincipal = `arn:aws:iam::${ACCOUNT}:role/reader`;
const RetiringPrincipal = `arn:aws:iam::${ACCOUNT}:role/admin`;

const grant = (world: KmsWorld, KeyId: string, more: object = {}) =>
  world.run(world.at(SOURCE).createGrant({ KeyId, GranteePrincipal, Operations: ['Decrypt'], ...more }));

const idsOf = async (world: KmsWorld, KeyId: string, more: object = {}, region = SOURCE) =>
  ((await world.run(world.at(region).listGrants({ KeyId, ...more }))).Grants ?? []).map(({ GrantId }) => GrantId);

describe('A grant', () => {
  it('is listed with everything it says, in its own Region only', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const said = {
      RetiringPrincipal,
      Operations: ['Encrypt', 'Decrypt'],
      Name: 'orders',
      Constraints: { EncryptionContextSubset: { app: 'orders' } },
    };

    const { GrantId } = await grant(world, KeyId, said);

    const { Grants } = await world.run(world.at(SOURCE).listGrants({ KeyId }));
    assert.deepEqual(Grants, [
      {
        KeyId: arnOf(KeyId, SOURCE),
        GrantId,
        GranteePrincipal,
        ...said,
        CreationDate: new Date(STARTS_AT),
        IssuingAccount: `arn:aws:iam::${ACCOUNT}:root`,
      },
    ]);
    assert.match(GrantId ?? '', /^[0-9a-f]{64}$/);
    assert.deepEqual(await idsOf(world, KeyId, {}, TARGET), []);
  });

  it('is made once however often it is asked for by the same name, and each time with another token', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();

    const first = await grant(world, KeyId, { Name: 'orders' });
    const again = await grant(world, KeyId, { Name: 'orders' });
    const nameless = await grant(world, KeyId);
    const different = await grant(world, KeyId, { Name: 'orders', Operations: ['Encrypt'] });

    assert.equal(again.GrantId, first.GrantId);
    assert.notEqual(again.GrantToken, first.GrantToken);
    assert.equal(new Set([first.GrantId, nameless.GrantId, different.GrantId]).size, 3);
  });

  it('is found by its ID, by its grantee and by who may retire it, page by page', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const { GrantId } = await grant(world, KeyId, { RetiringPrincipal });
    const other = await grant(world, KeyId, { GranteePrincipal: 'arn:aws:iam::222222222222:root' });
    const ids = [GrantId, other.GrantId].toSorted();

    assert.deepEqual(await idsOf(world, KeyId, { GrantId }), [GrantId]);
    assert.deepEqual(await idsOf(world, KeyId, { GranteePrincipal }), [GrantId]);
    const retirable = await world.run(world.at(SOURCE).listRetirableGrants({ RetiringPrincipal }));
    assert.deepEqual(
      retirable.Grants?.map((one) => one.GrantId),
      [GrantId],
    );
    const page = await world.run(world.at(SOURCE).listGrants({ KeyId, Limit: 1 }));
    assert.deepEqual([page.Grants?.[0]?.GrantId, ...(await idsOf(world, KeyId, { Marker: page.NextMarker }))], ids);
  });

  it('ends when it is revoked, or retired by token or by ID', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const kms = world.at(SOURCE);
    const [one, two, three] = [await grant(world, KeyId), await grant(world, KeyId), await grant(world, KeyId)];

    await world.run(kms.revokeGrant({ KeyId, GrantId: one.GrantId }));
    await world.run(kms.retireGrant({ GrantToken: two.GrantToken }));
    await world.run(kms.retireGrant({ KeyId: arnOf(KeyId, SOURCE), GrantId: three.GrantId }));

    assert.deepEqual(await idsOf(world, KeyId), []);
    await assert.rejects(world.run(kms.revokeGrant({ KeyId, GrantId: one.GrantId })), { name: 'NotFoundException' });
  });

  it('is neither made nor ended by a dry run', async () => {
    const world = new KmsWorld();
    const KeyId = world.key();
    const { GrantId, GrantToken } = await grant(world, KeyId);
    const dryRun = { name: 'DryRunOperationException' };

    await assert.rejects(grant(world, KeyId, { DryRun: true }), dryRun);
    await assert.rejects(world.run(world.at(SOURCE).revokeGrant({ KeyId, GrantId, DryRun: true })), dryRun);
    await assert.rejects(world.run(world.at(SOURCE).retireGrant({ GrantToken, DryRun: true })), dryRun);
    assert.deepEqual(await idsOf(world, KeyId), [GrantId]);
  });

  for (const [what, grantee] of [
    ['a word', 'reader'],
    ['a key', arnOf(`mrk-${'0'.repeat(32)}`, SOURCE)],
    ['a group', `arn:aws:iam::${ACCOUNT}:group/readers`],
  ] as const) {
    it(`is refused to ${what}, which is no principal`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key();
      const refusal = { name: 'InvalidArnException', message: 'ARN does not refer to a valid principal' };

      await assert.rejects(grant(world, KeyId, { GranteePrincipal: grantee }), refusal);
      await assert.rejects(grant(world, KeyId, { RetiringPrincipal: grantee }), refusal);
    });
  }

  for (const principal of [
    `arn:aws:iam::${ACCOUNT}:root`,
    `arn:aws:iam::${ACCOUNT}:user/ann`,
    `arn:aws:iam::${ACCOUNT}:role/team/reader`,
    `arn:aws:sts::${ACCOUNT}:assumed-role/reader/session`,
    `arn:aws:sts::${ACCOUNT}:federated-user/bob`,
  ]) {
    it(`may be given to ${principal}`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key();

      const { GrantId } = await grant(world, KeyId, { GranteePrincipal: principal, RetiringPrincipal: principal });

      assert.deepEqual(await idsOf(world, KeyId, { GranteePrincipal: principal }), [GrantId]);
    });
  }

  for (const [keySpec, keyUsage, fits, doesNot] of [
    ['SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', ['Encrypt', 'ReEncryptFrom', 'GenerateDataKeyPair'], ['Sign', 'GetPublicKey', 'GenerateMac']],
    ['RSA_2048', 'ENCRYPT_DECRYPT', ['Decrypt', 'ReEncryptTo', 'GetPublicKey'], ['GenerateDataKey', 'Verify']],
    ['ECC_NIST_P256', 'SIGN_VERIFY', ['Sign', 'Verify', 'GetPublicKey'], ['DeriveSharedSecret', 'Encrypt']],
    ['ECC_NIST_P256', 'KEY_AGREEMENT', ['DeriveSharedSecret', 'GetPublicKey'], ['Sign', 'Encapsulate']],
    ['HMAC_256', 'GENERATE_VERIFY_MAC', ['GenerateMac', 'VerifyMac'], ['GetPublicKey', 'Decrypt']],
  ] as const) {
    it(`on a key of ${keySpec} for ${keyUsage} allows no operation that such a key cannot do`, async () => {
      const world = new KmsWorld();
      const KeyId = world.key({ keySpec, keyUsage });
      const always = ['DescribeKey', 'CreateGrant', 'RetireGrant'];

      await grant(world, KeyId, { Operations: [...fits, ...always] });

      for (const operation of doesNot) {
        await assert.rejects(grant(world, KeyId, { Operations: ['DescribeKey', operation] }), {
          name: 'ValidationException',
          message: `A key of spec ${keySpec} and usage ${keyUsage} cannot have a grant for ${operation}.`,
        });
      }
    });
  }

  it('demands an encryption context of symmetric keys only, and a source of every key', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ keySpec: 'HMAC_256', keyUsage: 'GENERATE_VERIFY_MAC' });
    const Operations = ['GenerateMac'];
    const Constraints = { SourceArn: 'arn:aws:s3:::orders' };

    await assert.rejects(grant(world, KeyId, { Operations, Constraints: { EncryptionContextEquals: { app: 'orders' } } }), {
      name: 'ValidationException',
      message: 'A key of spec HMAC_256 has no encryption context that a grant could demand.',
    });
    await grant(world, KeyId, { Operations, Constraints });

    const { Grants } = await world.run(world.at(SOURCE).listGrants({ KeyId }));
    assert.deepEqual(
      Grants?.map((one) => one.Constraints),
      [Constraints],
    );
  });

  it('is refused without a grantee or an operation, with two of either principal, and by a name of the wrong kind', async () => {
    const world = new KmsWorld();
    const KeyId = world.key({ aliases: ['alias/orders'] });
    const kms = world.at(SOURCE);
    const service = 'dynamodb.amazonaws.com';

    for (const [asked, name] of [
      [() => kms.createGrant({ KeyId, Operations: ['Decrypt'] } as never), 'ValidationException'],
      [() => kms.createGrant({ KeyId, GranteePrincipal, Operations: [] }), 'ValidationException'],
      [
        () => kms.createGrant({ KeyId, GranteePrincipal, GranteeServicePrincipal: service, Operations: ['Decrypt'] }),
        'ValidationException',
      ],
      [() => kms.createGrant({ KeyId: 'alias/orders', GranteePrincipal, Operations: ['Decrypt'] }), 'InvalidArnException'],
      [() => kms.revokeGrant({ KeyId, GrantId: 'x' }), 'InvalidGrantIdException'],
      [() => kms.retireGrant({ GrantToken: 'x' }), 'InvalidGrantTokenException'],
      [() => kms.retireGrant({ KeyId, GrantId: '0'.repeat(64) }), 'InvalidArnException'],
      [() => kms.retireGrant({}), 'ValidationException'],
      [() => kms.listRetirableGrants({} as never), 'ValidationException'],
      [() => kms.encrypt({ KeyId, Plaintext: Buffer.from('p'), GrantTokens: ['x'] }), 'InvalidGrantTokenException'],
    ] as const) {
      await assert.rejects(world.run(asked()), { name });
    }
  });
});
