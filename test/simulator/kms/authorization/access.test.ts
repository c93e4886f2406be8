import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCOUNT, arnOf, OTHER_ACCOUNT, SOURCE, TARGET, THIRD } from '../kms-world.ts';
import { allow, authorizedWorld, deny, MOVER, MOVER_SESSION, policyOf } from './authorized-world.ts';

const STRANGER = `arn:aws:iam::${OTHER_ACCOUNT}:role/stranger`;
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const PLAINTEXT = new Uint8Array([1, 2, 3]);

const moverWith = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  authorizedWorld({ principals: [{ arn: MOVER, policies: [policyOf(...statements)] }] });

const denied = (action: string, resource: string) => ({
  name: 'AccessDeniedException',
  message: `User: ${MOVER_SESSION} is not authorized to perform: kms:${action} on resource: ${resource} because no identity-based policy allows the kms:${action} action`,
});

describe('Authorization of what acts on no key', () => {
  it('asks IAM alone, about all resources', async () => {
    const world = await moverWith(allow(['kms:ListKeys', 'kms:GenerateRandom']));
    const mover = world.as(MOVER, SOURCE);

    await world.run(mover.listKeys({}));
    await world.run(mover.generateRandom({ NumberOfBytes: 8 }));

    await assert.rejects(world.run(mover.listAliases({})), denied('ListAliases', '*'));
    assert.deepEqual(world.trace(), ['kms:ListKeys * policies', 'kms:GenerateRandom * policies', 'kms:ListAliases * denied']);
  });

  it('asks about the aliases of one key as about all', async () => {
    const world = await moverWith(allow('kms:ListAliases'));
    const keyId = world.key({ aliases: ['alias/orders'] });

    const { Aliases } = await world.run(world.as(MOVER, SOURCE).listAliases({ KeyId: keyId }));

    assert.equal(Aliases?.length, 1);
    assert.deepEqual(world.trace(), ['kms:ListAliases * policies']);
  });

  it('asks for the right to tag when a key is made with tags', async () => {
    const world = await moverWith(allow('kms:CreateKey', { Condition: { StringEquals: { 'aws:RequestTag/team': 'payments' } } }));
    const mover = world.as(MOVER, SOURCE);

    await assert.rejects(world.run(mover.createKey({})), denied('CreateKey', '*'));
    await assert.rejects(
      world.run(mover.createKey({ Tags: [{ TagKey: 'team', TagValue: 'payments' }] })),
      denied('TagResource', `arn:aws:kms:${SOURCE}:${ACCOUNT}:key/*`),
    );
  });
});

describe('Authorization of a key to come', () => {
  const tagged = { Tags: [{ TagKey: 'team', TagValue: 'payments' }] };
  const tagging = (Resource: string) => moverWith(allow('kms:CreateKey'), allow('kms:TagResource', { Resource }));

  it('takes the right to tag any key, and not that to tag one', async () => {
    const anyKey = await tagging(`arn:aws:kms:*:${ACCOUNT}:key/*`);
    const oneKey = await tagging(`arn:aws:kms:${SOURCE}:${ACCOUNT}:key/mrk-${'0'.repeat(32)}`);

    await anyKey.run(anyKey.as(MOVER, SOURCE).createKey(tagged));

    await assert.rejects(
      oneKey.run(oneKey.as(MOVER, SOURCE).createKey(tagged)),
      denied('TagResource', `arn:aws:kms:${SOURCE}:${ACCOUNT}:key/*`),
    );
  });
});

describe('Authorization of aliases', () => {
  it('asks about the alias and about the key', async () => {
    const world = await moverWith(allow('kms:CreateAlias', { Resource: `arn:aws:kms:*:*:alias/*` }));
    const keyId = world.key();

    await assert.rejects(
      world.run(world.as(MOVER, SOURCE).createAlias({ AliasName: 'alias/orders', TargetKeyId: keyId })),
      denied('CreateAlias', arnOf(keyId, SOURCE)),
    );

    assert.deepEqual(world.trace(), [
      `kms:CreateAlias arn:aws:kms:${SOURCE}:${ACCOUNT}:alias/orders policies`,
      `kms:CreateAlias ${arnOf(keyId, SOURCE)} denied`,
    ]);
  });

  it('lets aliases decide about a key, where an identity policy asks for them', async () => {
    const world = await moverWith(
      allow('kms:Encrypt', { Condition: { 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/orders-*' } } }),
    );
    const [named, nameless] = [world.key({ aliases: ['alias/orders-eu'] }), world.key()];
    const mover = world.as(MOVER, SOURCE);

    await world.run(mover.encrypt({ KeyId: named, Plaintext: PLAINTEXT }));

    await assert.rejects(world.run(mover.encrypt({ KeyId: nameless, Plaintext: PLAINTEXT })), denied('Encrypt', arnOf(nameless, SOURCE)));
  });

  it('lets the name in the request decide, where a policy asks for it', async () => {
    const world = await moverWith(allow('kms:Encrypt', { Condition: { StringEquals: { 'kms:RequestAlias': 'alias/orders' } } }));
    const keyId = world.key({ aliases: ['alias/orders'] });
    const mover = world.as(MOVER, SOURCE);

    await world.run(mover.encrypt({ KeyId: 'alias/orders', Plaintext: PLAINTEXT }));

    await assert.rejects(world.run(mover.encrypt({ KeyId: keyId, Plaintext: PLAINTEXT })), denied('Encrypt', arnOf(keyId, SOURCE)));
  });
});

describe('Authorization of a replica to come', () => {
  it('asks for the right to replicate the primary, and to make a key in the other Region', async () => {
    const world = await moverWith(allow('kms:ReplicateKey', { Condition: { StringEquals: { 'kms:ReplicaRegion': THIRD } } }));
    const keyId = world.key();

    await assert.rejects(world.run(world.as(MOVER, SOURCE).replicateKey({ KeyId: keyId, ReplicaRegion: THIRD })), denied('CreateKey', '*'));

    assert.deepEqual(
      world.decisions.map(({ action, region, verdict }) => [action, region, verdict.allowed]),
      [
        ['kms:ReplicateKey', SOURCE, true],
        ['kms:CreateKey', THIRD, false],
      ],
    );
  });
});

describe('Authorization of cryptography', () => {
  it('holds a role to one encryption context', async () => {
    const proof = { Condition: { StringEquals: { 'kms:EncryptionContext:mrk-failover': 'proof' } } };
    const world = await moverWith(allow(['kms:Encrypt', 'kms:Decrypt'], proof));
    const keyId = world.key();
    const mover = world.as(MOVER, SOURCE);

    await world.run(mover.encrypt({ KeyId: keyId, Plaintext: PLAINTEXT, EncryptionContext: { 'mrk-failover': 'proof' } }));

    for (const EncryptionContext of [{}, { 'mrk-failover': 'other' }, { customer: 'proof' }])
      await assert.rejects(
        world.run(mover.encrypt({ KeyId: keyId, Plaintext: PLAINTEXT, EncryptionContext })),
        denied('Encrypt', arnOf(keyId, SOURCE)),
      );
  });

  it('asks ReEncrypt’s two questions, about the source and about the destination', async () => {
    const world = await moverWith(allow(['kms:Encrypt', 'kms:ReEncryptFrom']));
    const [from, to] = [world.key(), world.key()];
    const mover = world.as(MOVER, SOURCE);
    const { CiphertextBlob } = await world.run(mover.encrypt({ KeyId: from, Plaintext: PLAINTEXT }));

    await assert.rejects(world.run(mover.reEncrypt({ CiphertextBlob, DestinationKeyId: to })), denied('ReEncryptTo', arnOf(to, SOURCE)));
  });
});

describe('Authorization by grants', () => {
  it('lets a grantee without any policy in, for what the grant names, in the Region of the grant, until it is retired', async () => {
    const world = await authorizedWorld({ principals: [{ arn: MOVER, policies: [] }] });
    const keyId = world.key();
    const root = world.as(ROOT, SOURCE);
    const mover = world.as(MOVER, SOURCE);
    const { GrantId } = await world.run(
      root.createGrant({ KeyId: keyId, GranteePrincipal: MOVER, RetiringPrincipal: MOVER, Operations: ['Encrypt'] }),
    );

    await world.run(mover.encrypt({ KeyId: keyId, Plaintext: PLAINTEXT }));
    const verdict = world.decisions.at(-1)?.verdict;
    await assert.rejects(world.run(mover.describeKey({ KeyId: keyId })), denied('DescribeKey', arnOf(keyId, SOURCE)));
    await assert.rejects(
      world.run(world.as(MOVER, TARGET).encrypt({ KeyId: keyId, Plaintext: PLAINTEXT })),
      denied('Encrypt', arnOf(keyId, TARGET)),
    );
    await world.run(mover.retireGrant({ KeyId: arnOf(keyId, SOURCE), GrantId }));
    await assert.rejects(world.run(mover.encrypt({ KeyId: keyId, Plaintext: PLAINTEXT })), denied('Encrypt', arnOf(keyId, SOURCE)));

    assert.deepEqual(verdict, { allowed: true, by: 'grant', grantId: GrantId });
  });

  it('does not go before a policy that denies', async () => {
    const world = await moverWith(deny('kms:Encrypt'));
    const keyId = world.key();
    await world.run(world.as(ROOT, SOURCE).createGrant({ KeyId: keyId, GranteePrincipal: MOVER, Operations: ['Encrypt'] }));

    await assert.rejects(world.run(world.as(MOVER, SOURCE).encrypt({ KeyId: keyId, Plaintext: PLAINTEXT })), {
      message: `User: ${MOVER_SESSION} is not authorized to perform: kms:Encrypt on resource: ${arnOf(keyId, SOURCE)} with an explicit deny in an identity-based policy`,
    });
  });

  it('stays within the service control policies of the caller’s account', async () => {
    const world = await authorizedWorld({ serviceControlPolicies: { [ACCOUNT]: [policyOf(allow('kms:CreateGrant'))] } });
    const keyId = world.key();
    await world.run(world.as(ROOT, SOURCE).createGrant({ KeyId: keyId, GranteePrincipal: MOVER, Operations: ['Encrypt'] }));

    await assert.rejects(world.run(world.as(MOVER, SOURCE).encrypt({ KeyId: keyId, Plaintext: PLAINTEXT })), {
      name: 'AccessDeniedException',
    });
  });
});

describe('Authorization across accounts', () => {
  const letsIn = policyOf(allow('kms:*', { Principal: { AWS: [ROOT, `arn:aws:iam::${OTHER_ACCOUNT}:root`] } }));

  it('needs the key policy and the identity policy of the other account', async () => {
    const world = await authorizedWorld({ principals: [{ arn: STRANGER, policies: [policyOf(allow('kms:Encrypt'))] }] });
    const keyId = world.key();
    world.kms.setKeyPolicy(ACCOUNT, keyId, SOURCE, letsIn);
    const stranger = world.as(STRANGER, SOURCE);

    const { KeyId } = await world.run(stranger.encrypt({ KeyId: arnOf(keyId, SOURCE), Plaintext: PLAINTEXT }));

    assert.equal(KeyId, arnOf(keyId, SOURCE));
    await assert.rejects(world.run(stranger.describeKey({ KeyId: arnOf(keyId, SOURCE) })), {
      message: /is not authorized to perform: kms:DescribeKey on resource: .* because no identity-based policy allows/,
    });
  });

  it('tells a stranger nothing of a key that does not let it in', async () => {
    const world = await authorizedWorld({ principals: [{ arn: STRANGER, policies: [policyOf(allow('kms:*'))] }] });
    const stranger = world.as(STRANGER, SOURCE);
    const hidden = {
      name: 'AccessDeniedException',
      message:
        `User: arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/stranger/session is not authorized to perform: kms:DescribeKey on this resource because ` +
        'the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access',
    };

    for (const keyId of [world.key(), `mrk-${'0'.repeat(32)}`])
      await assert.rejects(world.run(stranger.describeKey({ KeyId: arnOf(keyId, SOURCE) })), hidden);
  });

  it('is not for operations that act within their own account', async () => {
    const world = await authorizedWorld({ principals: [{ arn: STRANGER, policies: [policyOf(allow('kms:*'))] }] });
    const keyId = world.key();
    world.kms.setKeyPolicy(ACCOUNT, keyId, SOURCE, letsIn);

    await assert.rejects(world.run(world.as(STRANGER, SOURCE).disableKey({ KeyId: arnOf(keyId, SOURCE) })), {
      name: 'AccessDeniedException',
    });
  });
});
