import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
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
});
