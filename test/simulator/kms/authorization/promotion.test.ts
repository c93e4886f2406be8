import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ACCOUNT, arnOf, SOURCE, TARGET } from '../kms-world.ts';
import { allow, authorizedWorld, deny, MOVER, MOVER_SESSION, policyOf } from './authorized-world.ts';

const ACTION = 'kms:UpdatePrimaryRegion';

const moverWith = (...statements: readonly Readonly<Record<string, unknown>>[]) =>
  authorizedWorld({ principals: [{ arn: MOVER, policies: [policyOf(...statements)] }] });

describe('UpdatePrimaryRegion, when authorization is on,', () => {
  it('asks in both Regions: about the primary with the call, about the replica as KMS on behalf of the caller', async () => {
    const world = await moverWith(allow(ACTION));
    const keyId = world.key({ tags: { team: 'payments' } });

    await world.run(world.as(MOVER, SOURCE).updatePrimaryRegion({ KeyId: keyId, PrimaryRegion: TARGET }));

    const seen = world.decisions.map(({ caller, principal, action, resource, region, verdict, context }) => ({
      caller,
      principal,
      action,
      resource,
      region,
      verdict,
      requested: context['aws:RequestedRegion'],
      primaryRegion: context['kms:PrimaryRegion'],
      type: context['kms:MultiRegionKeyType'],
      team: context['aws:ResourceTag/team'],
      byService: context['aws:ViaAWSService'],
    }));
    const both = {
      caller: MOVER_SESSION,
      principal: MOVER,
      action: ACTION,
      primaryRegion: TARGET,
      verdict: { allowed: true, by: 'policies' },
    };
    assert.deepEqual(seen, [
      { ...both, resource: arnOf(keyId, SOURCE), region: SOURCE, requested: SOURCE, type: 'PRIMARY', team: 'payments', byService: 'false' },
      { ...both, resource: arnOf(keyId, TARGET), region: TARGET, requested: TARGET, type: 'REPLICA', team: undefined, byService: 'true' },
    ]);
  });

  const refusals = [
    {
      name: 'nobody has allowed the caller anything',
      statements: [allow('kms:DescribeKey')],
      side: SOURCE,
      because: `because no identity-based policy allows the ${ACTION} action`,
    },
    {
      name: "the identity policy names the primary's Region only",
      statements: [allow(ACTION, { Resource: `arn:aws:kms:${SOURCE}:${ACCOUNT}:key/*` })],
      side: TARGET,
      because: `because no identity-based policy allows the ${ACTION} action`,
    },
    {
      name: 'the identity policy is limited to primaries, which the replica is not',
      statements: [allow(ACTION, { Condition: { StringEquals: { 'kms:MultiRegionKeyType': 'PRIMARY' } } })],
      side: TARGET,
      because: `because no identity-based policy allows the ${ACTION} action`,
    },
    {
      name: 'the identity policy allows other target Regions only',
      statements: [allow(ACTION, { Condition: { StringLike: { 'kms:PrimaryRegion': 'eu-*' } } })],
      side: SOURCE,
      because: `because no identity-based policy allows the ${ACTION} action`,
    },
    {
      name: 'the identity policy denies what is requested of the target Region',
      statements: [allow('kms:*'), deny('*', { Condition: { StringEquals: { 'aws:RequestedRegion': TARGET } } })],
      side: TARGET,
      because: 'with an explicit deny in an identity-based policy',
    },
    {
      name: 'the identity policy asks for a condition key that this action does not have',
      statements: [allow(ACTION, { Condition: { StringEquals: { 'kms:ReplicaRegion': TARGET } } })],
      side: SOURCE,
      because: `because no identity-based policy allows the ${ACTION} action`,
    },
  ];
  for (const { name, statements, side, because } of refusals) {
    it(`is refused when ${name}, and changes nothing`, async () => {
      const world = await moverWith(...statements);
      const keyId = world.key();
      const before = world.kms.truth();

      await assert.rejects(world.run(world.as(MOVER, SOURCE).updatePrimaryRegion({ KeyId: keyId, PrimaryRegion: TARGET })), {
        name: 'AccessDeniedException',
        message: `User: ${MOVER_SESSION} is not authorized to perform: ${ACTION} on resource: ${arnOf(keyId, side)} ${because}`,
      });

      assert.deepEqual(world.kms.truth(), before);
    });
  }

  for (const side of [SOURCE, TARGET]) {
    it(`is refused when the key policy in ${side} does not delegate to the account, however much the role may do`, async () => {
      const world = await moverWith(allow('kms:*'));
      const keyId = world.key();
      world.kms.setKeyPolicy(
        ACCOUNT,
        keyId,
        side,
        policyOf(allow('kms:*', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/administrator` } })),
      );

      await assert.rejects(world.run(world.as(MOVER, SOURCE).updatePrimaryRegion({ KeyId: keyId, PrimaryRegion: TARGET })), {
        name: 'AccessDeniedException',
        message: `User: ${MOVER_SESSION} is not authorized to perform: ${ACTION} on resource: ${arnOf(keyId, side)} because no resource-based policy allows the ${ACTION} action`,
      });
    });

    it(`is refused when the key policy in ${side} denies it, though it is allowed elsewhere`, async () => {
      const world = await moverWith(allow('kms:*'));
      const keyId = world.key();
      const delegation = allow('kms:*', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } });
      world.kms.setKeyPolicy(ACCOUNT, keyId, side, policyOf(delegation, deny(ACTION, { Principal: '*' })));

      await assert.rejects(world.run(world.as(MOVER, SOURCE).updatePrimaryRegion({ KeyId: keyId, PrimaryRegion: TARGET })), {
        message: `User: ${MOVER_SESSION} is not authorized to perform: ${ACTION} on resource: ${arnOf(keyId, side)} with an explicit deny in a resource-based policy`,
      });
    });
  }

  it('needs no identity policy where both key policies name the role', async () => {
    const world = await authorizedWorld({});
    const keyId = world.key();
    for (const side of [SOURCE, TARGET])
      world.kms.setKeyPolicy(ACCOUNT, keyId, side, policyOf(allow(ACTION, { Principal: { AWS: MOVER } })));

    await world.run(world.as(MOVER, SOURCE).updatePrimaryRegion({ KeyId: keyId, PrimaryRegion: TARGET }));

    assert.equal(world.truthOf(keyId).regions[TARGET]?.role, 'PRIMARY');
  });

  it('is refused under a service control policy that keeps the account out of the target Region', async () => {
    const everything = policyOf(allow('*'));
    const nowhereElse = policyOf(deny('*', { Condition: { StringNotEquals: { 'aws:RequestedRegion': SOURCE } } }));
    const world = await authorizedWorld({
      principals: [{ arn: MOVER, policies: [everything] }],
      serviceControlPolicies: { [ACCOUNT]: [everything, nowhereElse] },
    });
    const keyId = world.key();

    await assert.rejects(world.run(world.as(MOVER, SOURCE).updatePrimaryRegion({ KeyId: keyId, PrimaryRegion: TARGET })), {
      message: `User: ${MOVER_SESSION} is not authorized to perform: ${ACTION} on resource: ${arnOf(keyId, TARGET)} with an explicit deny in a service control policy`,
    });
  });
});
