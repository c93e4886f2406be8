import { mock } from 'node:test';
import { HttpResponse } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { bodyText } from '../../../simulator/kms/wire/request.ts';

/** A request as an SDK client of ours sent it. */
export interface SentRequest {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface HttpRequestLike {
  readonly hostname: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const json = (body: unknown, statusCode = 200): HttpResponse =>
  new HttpResponse({ statusCode, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: Buffer.from(JSON.stringify(body)) });

const xml = (body: string, statusCode = 200, headers: Record<string, string> = {}): HttpResponse =>
  new HttpResponse({ statusCode, headers: { 'content-type': 'text/xml', ...headers }, body: Buffer.from(body) });

const ASSUMED = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>ASIAMEMBER</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;

/** The least that each service could answer, so that the client goes on. */
const answerTo = ({ host, method, headers, body, query }: SentRequest): HttpResponse => {
  if (host.startsWith('sts.')) return xml(ASSUMED);
  if (host.includes('.s3.') || host.startsWith('s3.')) {
    // A conditional write is refused, because then the adapter looks whose document is there.
    if (method === 'PUT') {
      const conditional = Object.keys(headers).some((name) => name === 'if-match' || name === 'if-none-match');
      return conditional ? xml('<Error><Code>PreconditionFailed</Code></Error>', 412) : xml('', 200, { etag: '"1"' });
    }
    if (query['list-type'] !== undefined) return xml('<ListBucketResult></ListBucketResult>');
    return xml('<Error><Code>NoSuchKey</Code></Error>', 404);
  }
  if (host.startsWith('events.')) {
    const { Entries = [] } = JSON.parse(body) as { readonly Entries?: readonly unknown[] };
    return json({ FailedEntryCount: 0, Entries: Entries.map(() => ({ EventId: 'event' })) });
  }
  if (host.startsWith('states.')) return json({ executionArn: 'arn', startDate: 0, status: 'RUNNING', stopDate: 0 });
  if (host.startsWith('tagging.')) return json({ ResourceTagMappingList: [] });
  return json({});
};

/**
 * Does something with the SDK's own HTTP handler put aside: every request is answered as if all were well, and none leaves.
 * @returns what was sent, in order
 */
export const sentDuring = async (deed: () => Promise<unknown>): Promise<readonly SentRequest[]> => {
  const sent: SentRequest[] = [];
  const replaced = mock.method(NodeHttpHandler.prototype, 'handle', async (request: HttpRequestLike) => {
    const { hostname: host, method, path, query = {}, headers, body } = request;
    const seen = { host, method, path, query, headers, body: bodyText(body) };
    sent.push(seen);
    return { response: answerTo(seen) };
  });
  try {
    await deed();
  } finally {
    replaced.mock.restore();
  }
  return sent;
};
