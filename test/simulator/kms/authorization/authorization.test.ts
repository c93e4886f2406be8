import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadAuthorization } from '../../../../simulator/kms/authorization/authorization.ts';
import { ACCOUNT, arnOf, KmsWorld, OTHER_ACCOUNT, SOURCE } from '../kms-world.ts';
import { allow, authorizedWorld, MOVER, MOVER_SESSION, policyOf, variable } from './authorized-world.ts';

const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

describe('Authorization', () => {
  it('is off unless policies are given: then everybody may do everything that nobody denied expressly', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    world.kms.setKeyPolicy(ACCOUNT, keyId, SOURCE, policyOf(allow('kms:Nothing', { Principal: '*' })));

    await world.run(world.at(SOURCE).describeKey({ KeyId: keyId }));
    world.kms.deny(ACCOUNT, keyId, SOURCE, ['DescribeKey']);

    await assert.rejects(world.run(world.at(SOURCE).describeKey({ KeyId: keyId })), { name: 'AccessDeniedException' });
  });

  it('goes on obeying what is denied expressly when it is on', async () => {
    const world = await authorizedWorld({ principals: [{ arn: MOVER, policies: [policyOf(allow('kms:*'))] }] });
    const keyId = world.key();
    world.kms.deny(ACCOUNT, keyId, SOURCE, ['DescribeKey']);

    await assert.rejects(world.run(world.as(MOVER, SOURCE).describeKey({ KeyId: keyId })), {
      message: `User: ${MOVER_SESSION} is not authorized to perform: kms:DescribeKey on resource: ${arnOf(keyId, SOURCE)} because no resource-based policy allows the kms:DescribeKey action`,
    });
  });

  it('gives a principal that was not admitted no identity policies', async () => {
    const world = await authorizedWorld({});
    const keyId = world.key();

    await assert.rejects(world.run(world.as(MOVER, SOURCE).describeKey({ KeyId: keyId })), /because no identity-based policy allows/);
  });

  it('lets the root of an account do what key policies delegate to the account', async () => {
    const world = await authorizedWorld({});
    const keyId = world.key();

    await world.run(world.as(ROOT, SOURCE).describeKey({ KeyId: keyId }));
    world.kms.setKeyPolicy(ACCOUNT, keyId, SOURCE, policyOf(allow('kms:*', { Principal: { AWS: MOVER } })));

    await assert.rejects(world.run(world.as(ROOT, SOURCE).describeKey({ KeyId: keyId })), /because no resource-based policy allows/);
  });

  it('forgets its answers when policies change, and asks anew for each value that a policy asks for', async () => {
    const onTuesday = { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-01-01T00:01:00Z' } } };
    const world = await authorizedWorld({ principals: [{ arn: MOVER, policies: [policyOf(allow('kms:DescribeKey', onTuesday))] }] });
    const keyId = world.key();
    const describeIt = () => world.run(world.as(MOVER, SOURCE).describeKey({ KeyId: keyId }));

    await describeIt();
    await world.pass(60_000);
    await assert.rejects(describeIt(), { name: 'AccessDeniedException' });
    world.authorization.admit({ arn: MOVER, policies: [policyOf(allow('kms:DescribeKey'))] });
    await describeIt();
    world.authorization.limit(ACCOUNT, [policyOf(allow('kms:ListKeys'))]);

    await assert.rejects(describeIt(), /because no service control policy allows the kms:DescribeKey action/);
  });

  it('keeps a role within its permissions boundary', async () => {
    const permissionsBoundary = policyOf(allow('kms:ListKeys'));
    const world = await authorizedWorld({ principals: [{ arn: MOVER, policies: [policyOf(allow('kms:*'))], permissionsBoundary }] });
    const keyId = world.key();

    await assert.rejects(world.run(world.as(MOVER, SOURCE).describeKey({ KeyId: keyId })), /because no permissions boundary allows/);
  });

  it('knows the tags of a principal', async () => {
    const ownTeam = { Condition: { StringEquals: { 'aws:ResourceTag/team': variable('aws:PrincipalTag/team') } } };
    const world = await authorizedWorld({
      principals: [{ arn: MOVER, policies: [policyOf(allow('kms:DescribeKey', ownTeam))], tags: { team: 'payments' } }],
    });
    const [own, foreign] = [world.key({ tags: { team: 'payments' } }), world.key({ tags: { team: 'loans' } })];

    await world.run(world.as(MOVER, SOURCE).describeKey({ KeyId: own }));

    await assert.rejects(world.run(world.as(MOVER, SOURCE).describeKey({ KeyId: foreign })), { name: 'AccessDeniedException' });
  });

  it('lets nobody in by a key policy that says nothing IAM understands', async () => {
    const world = await authorizedWorld({ principals: [{ arn: MOVER, policies: [policyOf(allow('kms:*'))] }] });
    const keyId = world.key();
    world.kms.setKeyPolicy(ACCOUNT, keyId, SOURCE, {});

    await assert.rejects(world.run(world.as(MOVER, SOURCE).describeKey({ KeyId: keyId })), /because no resource-based policy allows/);
  });

  it('refuses policies that IAM would not accept when they are given', async () => {
    await assert.rejects(loadAuthorization({ principals: [{ arn: MOVER, policies: ['{}'] }] }), RangeError);
    await assert.rejects(
      loadAuthorization({ serviceControlPolicies: { [ACCOUNT]: [policyOf(allow('kms:*', { Principal: '*' }))] } }),
      RangeError,
    );
  });

  it('tells its listeners of each decision, with the same answer from memory', async () => {
    const world = await authorizedWorld({ principals: [{ arn: MOVER, policies: [policyOf(allow('kms:DescribeKey'))] }] });
    const keyId = world.key();

    for (const _ of [1, 2]) await world.run(world.as(MOVER, SOURCE).describeKey({ KeyId: keyId }));

    assert.equal(world.decisions.length, 2);
    assert.deepEqual(world.decisions[0], world.decisions[1]);
  });

  it('takes a caller for nobody of another account', () => {
    const world = new KmsWorld();

    assert.throws(() => world.kms.requestHandler({ account: OTHER_ACCOUNT, region: SOURCE, requestTimeoutMs: 1, principal: MOVER }), {
      name: 'RangeError',
      message: `Expected a principal of account ${OTHER_ACCOUNT}, whose credentials these are, got ${MOVER_SESSION}.`,
    });
  });
});
