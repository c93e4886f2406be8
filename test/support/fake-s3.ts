import { createHash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { answering, clientBasics, type WireAnswer, type WireRequest } from './answering.ts';

interface Stored {
  readonly body: string;
  readonly etag: string;
  readonly mark: string;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const refusal = (status: number, code: string): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
});

const MARK_HEADER = 'x-amz-meta-mark';

/**
 * As much of S3 as the store uses, in this process: objects with ETags, conditional writes, lists in pages.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export class FakeS3 {
  readonly #buckets = new Map<string, Map<string, Stored>>();
  readonly #pageSize: number;
  /** How often the next answers shall be lost: the request is carried out and sent again, as the SDK does by itself. */
  lostReplies = 0;
  /** How much of the objects it has sent. */
  charactersSent = 0;

  constructor({ pageSize = 1_000 }: { readonly pageSize?: number } = {}) {
    this.#pageSize = pageSize;
  }

  client(): S3Client {
    const handler = answering((request) => {
      for (; this.lostReplies > 0; this.lostReplies -= 1) this.#answer(request);
      return this.#answer(request);
    });
    return new S3Client({ ...clientBasics, endpoint: 'http://s3.test', forcePathStyle: true, requestHandler: handler });
  }

  /** Every key of a bucket. */
  keys(bucket: string): readonly string[] {
    return [...this.#objects(bucket).keys()];
  }

  #objects(bucket: string): Map<string, Stored> {
    const objects = this.#buckets.get(bucket) ?? new Map<string, Stored>();
    this.#buckets.set(bucket, objects);
    return objects;
  }

  #answer(request: WireRequest): WireAnswer {
    const [, bucket = '', ...rest] = request.path.split('/').map(decodeURIComponent);
    const objects = this.#objects(bucket);
    const key = rest.join('/');
    if (request.method === 'GET' && request.query['list-type'] === '2') return this.#list(objects, request.query);
    if (request.method === 'PUT') return this.#put(objects, key, request);
    const stored = objects.get(key);
    if (stored === undefined) return refusal(404, 'NoSuchKey');
    const headers = { etag: stored.etag, [MARK_HEADER]: stored.mark };
    if (request.headers.range === undefined) return this.#sent({ status: 200, headers, body: stored.body });
    if (stored.body === '') return refusal(416, 'InvalidRange');
    // The store asks for the first byte only, for the sake of the headers.
    return this.#sent({ status: 206, headers, body: stored.body.slice(0, 1) });
  }

  #sent(answer: WireAnswer & { readonly body: string }): WireAnswer {
    this.charactersSent += answer.body.length;
    return answer;
  }

  #put(objects: Map<string, Stored>, key: string, { headers, body }: WireRequest): WireAnswer {
    const stored = objects.get(key);
    const ifMatch = headers['if-match'];
    if (headers['if-none-match'] === '*' && stored !== undefined) return refusal(412, 'PreconditionFailed');
    if (ifMatch !== undefined && stored === undefined) return refusal(404, 'NoSuchKey');
    if (ifMatch !== undefined && stored?.etag !== ifMatch) return refusal(412, 'PreconditionFailed');
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    objects.set(key, { body, etag, mark: headers[MARK_HEADER] ?? '' });
    return { status: 200, headers: { etag } };
  }

  #list(objects: Map<string, Stored>, query: WireRequest['query']): WireAnswer {
    const after = String(query['continuation-token'] ?? '');
    const keys = [...objects.keys()]
      .filter((key) => key.startsWith(String(query.prefix ?? '')))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .filter((key) => Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
    const page = keys.slice(0, this.#pageSize);
    const more = keys.length > page.length;
    const contents = page.map((key) => `<Contents><Key>${escaped(key)}</Key></Contents>`).join('');
    const next = more ? `<NextContinuationToken>${escaped(page.at(-1) ?? '')}</NextContinuationToken>` : '';
    const body = `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${contents}${next}</ListBucketResult>`;
    return { status: 200, headers: { 'content-type': 'application/xml' }, body };
  }
}
