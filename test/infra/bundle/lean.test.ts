import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { lean } from '../../../infra/bundle/lean.ts';
import * as whole from '../../support/infra/all-clients.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const REGIONS = ['us-east-1', 'us-east-2', 'us-west-2', 'eu-central-1', 'ap-south-1', 'il-central-1', 'mx-central-1'];

type Clients = Pick<typeof whole, 'endingsOf'>;
type Circumstances = whole.Circumstances;
type Request = whole.AddressedRequest;

let folder: string;
let slim: Clients;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mrk-failover-lean-'));
  await build({
    entryPoints: { clients: join(root, 'test/support/infra/all-clients.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    plugins: [lean],
    logLevel: 'error',
    absWorkingDir: root,
  });
  slim = await import(pathToFileURL(join(folder, 'clients.mjs')).href);
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** What goes over the wire, but for what differs from call to call: the time, the signature, who is asking. */
const sent = ({ method, protocol, hostname, port, path, query, headers, body }: Request) => ({
  method,
  address: `${protocol}//${hostname}:${port ?? ''}${path}`,
  query,
  scope: /Credential=\w+\/\d+\/([^,]+)/.exec(headers.authorization ?? '')?.[1],
  headers: Object.fromEntries(
    Object.entries(headers).filter(([name]) => !/^(?:authorization|x-amz-date|amz-sdk-.*|(?:x-amz-)?user-agent)$/.test(name)),
  ),
  body,
});

const requestsOf = async (clients: Clients, circumstances: Omit<Circumstances, 'answer'>) => {
  const requests: ReturnType<typeof sent>[] = [];
  await clients.endingsOf({
    ...circumstances,
    answer: (request) => {
      requests.push(sent(request));
      return { status: 400, body: '' };
    },
  });
  return requests.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
};

const CALLS = 11;
const CALLS_OF_S3 = 3;

describe('A bundle without what never runs', () => {
  for (const region of REGIONS)
    it(`asks the endpoints of ${region} in the words of the whole SDK`, async () => {
      const requests = await requestsOf(slim, { region, bucket: 'mrk-failover-working' });
      assert.equal(requests.length, CALLS);
      assert.deepEqual(requests, await requestsOf(whole, { region, bucket: 'mrk-failover-working' }));
    });

  const PLACES = [
    { bucket: 'with.dots.in-it' },
    { bucket: 'work', endpoint: 'http://127.0.0.1:4566' },
    { bucket: 'work', endpoint: 'https://vpce-0.example.com' },
    { bucket: 'work', endpoint: 'https://vpce-0.example.com/below' },
  ];
  for (const place of PLACES)
    it(`finds bucket ${place.bucket} at ${place.endpoint ?? 'its Region'} where the whole SDK does`, async () => {
      const circumstances = { region: 'us-west-2', ...place };
      assert.deepEqual(await requestsOf(slim, circumstances), await requestsOf(whole, circumstances));
    });

  it('refuses an endpoint that it has no rules for, instead of asking another', async () => {
    const circumstances = { region: 'us-west-2', answer: () => assert.fail('asked all the same') };
    const dual = await slim.endingsOf({ ...circumstances, bucket: 'work', useDualstackEndpoint: true });
    assert.equal(dual.length, CALLS);
    for (const { message } of dual) assert.match(message, /left out of this bundle, because no function of mrk-failover uses it/);
    const requests = await requestsOf(slim, { region: 'us-west-2', bucket: 'work--usw2-az1--x-s3' });
    assert.equal(requests.length, CALLS - CALLS_OF_S3);
  });

  const ANSWERS = [
    { status: 400, code: 'AccessDeniedException' },
    { status: 400, code: 'ThrottlingException' },
    { status: 400, code: 'KMSInvalidStateException' },
    { status: 400, code: 'ConditionalCheckFailedException' },
    { status: 400, code: 'ExecutionAlreadyExists' },
    { status: 400, code: 'ExecutionDoesNotExist' },
    { status: 400, code: 'ReplicatedWriteConflictException' },
    { status: 400, code: 'ExpiredTokenException' },
    { status: 403, code: 'AccessDenied' },
    { status: 404, code: 'NoSuchKey' },
    { status: 404, code: 'NoSuchBucket' },
    { status: 412, code: 'PreconditionFailed' },
    { status: 500, code: 'KMSInternalException' },
    { status: 500, code: 'InternalServerError' },
    { status: 503, code: 'DependencyTimeoutException' },
    { status: 503, code: 'SlowDown' },
    { status: 400, code: 'UnheardOfException' },
  ];
  for (const { status, code } of ANSWERS)
    it(`ends with ${code} as the whole SDK does: name, words, status, fault, class and attempts`, async () => {
      const answer = ({ headers }: Request) => ({ status, body: answerOf(code, headers) });
      const circumstances = { region: 'us-west-2', bucket: 'work', answer };
      const endings = await slim.endingsOf(circumstances);
      assert.equal(endings.length, CALLS);
      assert.deepEqual(endings, await whole.endingsOf(circumstances));
    });

  for (const kind of ['crc32', 'crc32c', 'crc64nvme', 'sha1', 'sha256'])
    it(`finds a document that does not have the ${kind} that S3 says`, async () => {
      const answer = () => ({ status: 200, headers: { [`x-amz-checksum-${kind}`]: 'AAAAAA==' }, body: '{}' });
      const circumstances = { region: 'us-west-2', bucket: 'work', answer };
      const endings = await slim.endingsOf(circumstances);
      assert.match(endings.find(({ call }) => call === 'get')?.message ?? '', /^Checksum mismatch/);
      assert.deepEqual(endings, await whole.endingsOf(circumstances));
    });
});

/** An error as the three protocols write it: JSON, S3's XML, and the query protocol's of STS. */
const answerOf = (code: string, headers: Request['headers']): string => {
  if (headers['x-amz-target'] !== undefined) return JSON.stringify({ __type: `com.amazonaws#${code}`, message: `said ${code}` });
  const error = `<Error><Code>${code}</Code><Message>said ${code}</Message></Error>`;
  return headers['content-type'] === 'application/x-www-form-urlencoded' ? `<ErrorResponse>${error}</ErrorResponse>` : error;
};
