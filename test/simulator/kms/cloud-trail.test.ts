import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { KMS } from '@aws-sdk/client-kms';
import { type CloudTrailRecord, keepRecords } from '../../../simulator/kms/cloud-trail.ts';
import { ACCOUNT, arnOf, KmsWorld, SOURCE, TARGET } from './kms-world.ts';

describe('CloudTrail', () => {
  it('has two records of one promotion with one request ID: what was sent, and what KMS did in the new Region', async () => {
    const world = new KmsWorld();
    const keyId = world.key();

    const { $metadata } = await world.promote(keyId);

    const [sent, done, ...others] = world.kms.trail;
    assert.deepEqual(others, []);
    const common = {
      eventName: 'UpdatePrimaryRegion',
      eventSource: 'kms.amazonaws.com',
      readOnly: false,
      responseElements: null,
      managementEvent: true,
    };
    const asRecorded = { ...common, requestID: $metadata.requestId, recipientAccountId: ACCOUNT, eventTime: '2026-01-01T00:00:00Z' };
    assert.partialDeepStrictEqual(sent, {
      ...asRecorded,
      awsRegion: SOURCE,
      requestParameters: { keyId, primaryRegion: TARGET },
      resources: [{ accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: arnOf(keyId, SOURCE) }],
    });
    assert.equal(sent?.userIdentity.invokedBy, undefined);
    assert.partialDeepStrictEqual(done, {
      ...asRecorded,
      awsRegion: TARGET,
      requestParameters: { keyId: arnOf(keyId, TARGET), primaryRegion: TARGET },
      userIdentity: { invokedBy: 'kms.amazonaws.com' },
      resources: [{ accountId: ACCOUNT, type: 'AWS::KMS::Key', ARN: arnOf(keyId, TARGET) }],
    });
    assert.equal(JSON.stringify(done).includes(SOURCE), false);
    assert.notEqual(sent?.eventID, done?.eventID);
  });

  it('has one record of a call that moved nothing, and none of a call that was refused', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    await assert.rejects(world.promote(keyId, TARGET, SOURCE), { name: 'KMSInvalidStateException' });
    assert.deepEqual(world.kms.trail, []);

    await world.promote(keyId, SOURCE, SOURCE);

    assert.deepEqual(
      world.kms.trail.map(({ awsRegion, requestParameters }) => ({ awsRegion, requestParameters })),
      [{ awsRegion: SOURCE, requestParameters: { keyId, primaryRegion: SOURCE } }],
    );
  });

  it('names the caller: a role’s session, a user or the root of the account', async () => {
    const world = new KmsWorld();
    const keyId = world.key();
    const callers = {
      [`arn:aws:iam::${ACCOUNT}:role/mover`]: { type: 'AssumedRole', arn: `arn:aws:sts::${ACCOUNT}:assumed-role/mover/session` },
      [`arn:aws:iam::${ACCOUNT}:user/ada`]: { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/ada` },
    };

    for (const principal of Object.keys(callers)) {
      const requestHandler = world.kms.requestHandler({ account: ACCOUNT, region: SOURCE, requestTimeoutMs: 1_000, principal });
      const client = new KMS({ region: SOURCE, credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, requestHandler });
      await world.run(client.updatePrimaryRegion({ KeyId: keyId, PrimaryRegion: SOURCE }));
    }

    assert.deepEqual(
      world.kms.trail.map(({ userIdentity: { type, arn } }) => ({ type, arn })),
      Object.values(callers),
    );
  });

  it('keeps the last 100,000 records', async () => {
    const world = new KmsWorld();
    await world.promote(world.key());
    const [sent, done] = world.kms.trail;
    assert.ok(sent && done);
    const trail: CloudTrailRecord[] = [done, ...Array<CloudTrailRecord>(99_998).fill(sent)];

    keepRecords(trail, [done]);
    assert.equal(trail.length, 100_000);
    keepRecords(trail, [done, done]);

    assert.equal(trail.length, 100_000);
    assert.equal(trail[0], sent);
    assert.deepEqual(trail.slice(-4), [sent, done, done, done]);
  });

  it('has a record of a replication in the primary’s Region, and one of the key that came of it', async () => {
    const world = new KmsWorld();
    const keyId = world.key({ replicas: [] });

    const { $metadata } = await world.run(world.at(SOURCE).replicateKey({ KeyId: keyId, ReplicaRegion: TARGET }));

    assert.partialDeepStrictEqual(world.kms.trail, [
      { eventName: 'ReplicateKey', awsRegion: SOURCE, requestID: $metadata.requestId, requestParameters: { keyId, replicaRegion: TARGET } },
      { eventName: 'CreateKey', awsRegion: TARGET, requestID: $metadata.requestId, userIdentity: { invokedBy: 'kms.amazonaws.com' } },
    ]);
  });
});
