import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { endpointOf } from '../../../cli/operator/call.ts';

const root = new URL('../../../', import.meta.url).pathname;
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_EC2_METADATA_DISABLED: 'true' };

interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** Runs the command against an endpoint that gives one answer, and tells what it was asked. */
const withEndpoint = async (answer: { status: number; body: object }, words: (url: string) => readonly string[]) => {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    asked.push({ path: request.url ?? '', headers: request.headers, body: JSON.parse(await text(request)) });
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const child = spawn(process.execPath, ['cli/main.ts', ...words(`http://127.0.0.1:${port}/`)], {
    cwd: root,
    env: { ...process.env, ...CREDENTIALS },
  });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  server.close();
  return { asked, stdout, stderr, status };
};

describe('the operator’s commands', () => {
  it('approve sends the decision and the reason, signed for Lambda', async () => {
    const { asked, stdout, status } = await withEndpoint({ status: 200, body: { message: 'Run payments-1 begins.' } }, (url) => [
      'approve',
      'payments/abc',
      '--reason',
      'confirmed',
      '--url',
      url,
    ]);
    assert.equal(stdout, 'Run payments-1 begins.\n');
    assert.equal(status, 0);
    assert.deepEqual(asked[0]?.body, { decision: 'payments/abc', reason: 'confirmed' });
    assert.equal(asked[0]?.path, '/approve');
    assert.match(asked[0]?.headers.authorization ?? '', /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/lambda\/aws4_request/);
  });

  it('a refusal is told in the endpoint’s words, on stderr, with the exit code of a refusal', async () => {
    const { stderr, stdout, status } = await withEndpoint({ status: 409, body: { message: 'There is nothing to stop.' } }, (url) => [
      'stop',
      'payments',
      '--reason',
      'x',
      '--url',
      url,
    ]);
    assert.deepEqual([stdout, stderr, status], ['', 'There is nothing to stop.\n', 4]);
  });

  it('what IAM denies is told in IAM’s words', async () => {
    const { stderr, status } = await withEndpoint({ status: 403, body: { Message: 'Forbidden' } }, (url) => [
      'acknowledge',
      'payments',
      '--reason',
      'x',
      '--url',
      url,
    ]);
    assert.deepEqual([stderr, status], ['Forbidden\n', 4]);
  });

  it('switch on carries its hours, for one fleet or for all', async () => {
    const { asked } = await withEndpoint({ status: 200, body: { message: 'on' } }, (url) => [
      'switch',
      'on',
      '--hours',
      '2',
      '--fleet',
      'payments',
      '--reason',
      'freeze',
      '--url',
      url,
    ]);
    assert.deepEqual(asked[0]?.body, { set: 'on', reason: 'freeze', fleet: 'payments', hours: 2 });
  });
});

describe('the endpoint of a right', () => {
  it('is the function URL’s own host, and its Region is in the name', () => {
    const { url, region } = endpointOf('stop', 'https://abc123.lambda-url.eu-central-1.on.aws/');
    assert.deepEqual([url.href, region], ['https://abc123.lambda-url.eu-central-1.on.aws/stop', 'eu-central-1']);
  });

  for (const url of ['https://example.org/', 'http://abc123.lambda-url.eu-central-1.on.aws/', 'abc123.lambda-url.eu-central-1.on.aws'])
    it(`does not sign a call to ${url}`, () => assert.throws(() => endpointOf('stop', url), /expected the https URL of a Lambda function/));

  it('has to be named, and it is said how', () =>
    assert.throws(() => endpointOf('approve', undefined), /--url, or MRK_FAILOVER_APPROVE_URL/));
});
