import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { S3Client } from '@aws-sdk/client-s3';
import { createS3Store } from '../../../aws/store/s3-store.ts';
import { storeContract } from '../../contracts/store.ts';
import { answering, clientBasics } from '../../support/answering.ts';
import { FakeS3 } from '../../support/fake-s3.ts';

storeContract('An S3 bucket', async () => createS3Store({ client: new FakeS3({ pageSize: 10 }).client(), bucket: 'work' }));

interface Refusal {
  readonly status: number;
  readonly code: string;
}

/** A store on an S3 that answers every write with one error, and every read with another. */
const failing = (toWrites: Refusal, toReads: Refusal) => {
  const requestHandler = answering(({ method }) => {
    const { status, code } = method === 'PUT' ? toWrites : toReads;
    return {
      status,
      body: `<Error><Code>${code}</Code><Message>said ${code}</Message></Error>`,
      headers: { 'content-type': 'application/xml' },
    };
  });
  return createS3Store({ client: new S3Client({ ...clientBasics, requestHandler }), bucket: 'work' });
};

const DENIED: Refusal = { status: 403, code: 'AccessDenied' };

describe('An S3 store', () => {
  for (const condition of [{ ifAbsent: true } as const, { ifTag: '"before"' }]) {
    it(`takes a conflict of two writes under way as a condition that did not hold (${Object.keys(condition).join()})`, async () => {
      const store = failing({ status: 409, code: 'ConditionalRequestConflict' }, { status: 404, code: 'NoSuchKey' });
      assert.equal(await store.put('claim', 'mine', condition), undefined);
    });
  }

  it('calls a write its own when the condition is refused because of its own first attempt, whose reply was lost', async () => {
    const s3 = new FakeS3();
    const store = createS3Store({ client: s3.client(), bucket: 'work' });
    s3.lostReplies = 1;

    const tag = await store.put('claim', 'mine', { ifAbsent: true });

    assert.deepEqual(await store.get('claim'), { body: 'mine', tag });
    assert.notEqual(tag, undefined);
  });

  it('calls a write lost when somebody else wrote the same text', async () => {
    const s3 = new FakeS3();
    await createS3Store({ client: s3.client(), bucket: 'work' }).put('claim', 'same', { ifAbsent: true });

    assert.equal(await createS3Store({ client: s3.client(), bucket: 'work' }).put('claim', 'same', { ifAbsent: true }), undefined);
  });

  for (const body of ['x'.repeat(1_000_000), ''])
    it(`does not fetch a document of ${body.length} bytes to tell whose it is, or which`, async () => {
      const s3 = new FakeS3();
      const store = createS3Store({ client: s3.client(), bucket: 'work' });
      const tag = await store.put('large', body);

      assert.equal(await store.put('large', 'other', { ifAbsent: true }), undefined);
      assert.equal(await store.tagOf('large'), tag);
      assert.ok(s3.charactersSent <= 2, `${s3.charactersSent} characters`);
    });

  it('throws when it may not read or write, and does not call that an absence or a lost race', async () => {
    const store = failing(DENIED, DENIED);

    await assert.rejects(store.get('a'), { name: 'AccessDenied' });
    await assert.rejects(store.tagOf('a'), { name: 'AccessDenied' });
    await assert.rejects(store.put('a', 'b', { ifAbsent: true }), { name: 'AccessDenied' });
    await assert.rejects(store.list(''), { name: 'AccessDenied' });
  });

  it('throws when it cannot find out whose write was there first', async () => {
    const store = failing({ status: 412, code: 'PreconditionFailed' }, DENIED);

    await assert.rejects(store.put('claim', 'mine', { ifAbsent: true }), /refused a write to claim of bucket work, and then would not say/);
  });

  it('throws when S3 does not say the tag of what it wrote or sent', async () => {
    const requestHandler = answering(() => ({ status: 200, body: 'text' }));
    const store = createS3Store({ client: new S3Client({ ...clientBasics, requestHandler }), bucket: 'work' });

    await assert.rejects(store.put('a', 'b'), /S3 wrote a to bucket work and did not say its ETag/);
    await assert.rejects(store.get('a'), /S3 sent a of bucket work without a body or without an ETag/);
  });

  it('throws when the bucket does not exist', async () => {
    await assert.rejects(
      failing({ status: 404, code: 'NoSuchBucket' }, { status: 404, code: 'NoSuchBucket' }).put('a', 'b', { ifTag: '"t"' }),
      { name: 'NoSuchBucket' },
    );
    await assert.rejects(failing({ status: 404, code: 'NoSuchBucket' }, { status: 404, code: 'NoSuchBucket' }).get('a'), {
      name: 'NoSuchBucket',
    });
  });

  it('stops listing when the pages do not end, and says so', async () => {
    const body = '<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken></ListBucketResult>';
    const requestHandler = answering(() => ({ status: 200, body, headers: { 'content-type': 'application/xml' } }));
    const store = createS3Store({ client: new S3Client({ ...clientBasics, requestHandler }), bucket: 'work' });

    await assert.rejects(store.list('runs/'), /Bucket work has more than 100 pages under runs\//);
  });
});
