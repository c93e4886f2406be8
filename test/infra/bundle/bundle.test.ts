import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { FUNCTION_TIMEOUT_SECONDS, type FunctionName } from '../../../core/limits.ts';
import { FLEET_FILE } from '../../../functions/frame/fleets.ts';
import { type Bundle, bundle } from '../../../infra/bundle/bundle.ts';
import { ENTRY, HANDLER } from '../../../infra/bundle/entry.ts';
import { NEVER_RUN } from '../../../infra/bundle/lean/never-run.ts';
import { OPTIONAL_PORTS, optionalPortsOf } from '../../../infra/bundle/ports.ts';
import { sizesOf } from '../../../infra/bundle/sizes.ts';
import { setAwsEnvironment } from '../../support/aws-environment.ts';

/** What a bundle weighs as a whole: what is loaded at the start and what is loaded on demand. */
const BYTES_MAX = 500_000;
const NAMES = Object.keys(FUNCTION_TIMEOUT_SECONDS) as readonly FunctionName[];

let folder: string;
let bundles: ReadonlyMap<FunctionName, Bundle>;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mrk-failover-bundles-'));
  bundles = new Map(await Promise.all(NAMES.map(async (name) => [name, await bundle(name, join(folder, name))] as const)));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const bundleOf = (name: FunctionName): Bundle => bundles.get(name) ?? assert.fail(name);

describe('The bundle', () => {
  for (const name of NAMES)
    it(`of ${name} is small enough, and names no package that it does not hold`, () => {
      const { metafile } = bundleOf(name);
      const { atStart, onDemand } = sizesOf(metafile);
      const { length: files } = readdirSync(bundleOf(name).folder);
      assert.equal(files, Object.keys(metafile.outputs).length);
      assert.ok(onDemand > 0);
      assert.ok(atStart + onDemand < BYTES_MAX, `${atStart + onDemand} bytes as a whole`);
      const statically = Object.values(metafile.outputs).flatMap(({ imports }) =>
        imports.filter(({ kind, external }) => kind === 'import-statement' && external === true),
      );
      assert.deepEqual(
        [...new Set(statically.map(({ path }) => path))].filter((path) => !path.startsWith('node:')),
        [],
      );
    });

  it('has the clients of the ports that its function has a right to use, and no other', () => {
    for (const name of NAMES) {
      const held = Object.values(bundleOf(name).metafile.outputs).flatMap(({ inputs }) =>
        Object.keys(inputs).flatMap((path) => OPTIONAL_PORTS.filter((port) => path === `aws/connections/${port}.ts`)),
      );
      assert.deepEqual([...new Set(held)].sort(), [...optionalPortsOf(name)].sort(), name);
    }
  });

  it('reads no YAML, which is for people', () => {
    const loaded = [...bundles.values()].flatMap(({ metafile }) => Object.keys(metafile.inputs));
    assert.deepEqual(
      loaded.filter((path) => path.includes('node_modules/yaml/')),
      [],
    );
  });

  it('can be loaded, each file of it', async () => {
    for (const { folder } of bundles.values())
      for (const file of readdirSync(folder)) {
        const held = await import(pathToFileURL(join(folder, file)).href);
        if (file === ENTRY) assert.equal(typeof held.handler, 'function');
      }
  });

  it('is made by rules that all still find what they are about', () => {
    const loaded = [...bundles.values()].flatMap(({ metafile }) => Object.keys(metafile.inputs));
    for (const { filter } of NEVER_RUN)
      assert.ok(
        loaded.some((path) => filter.test(path)),
        `nothing is like ${filter.source}`,
      );
  });

  it('is a file with a handler, which refuses an environment that is not right', async () => {
    const { handler } = await import(pathToFileURL(join(bundleOf('report').folder, ENTRY)).href);
    assert.equal(HANDLER, 'index.handler');
    await assert.rejects(handler({ runId: 'payments-0000000000000000-1' }), { name: 'WrongSettings' });
  });

  it('reads its store and its table, assumes its member role and asks KMS, with nothing missing that was left out', async (context) => {
    const asked = new Set<string>();
    const server = createServer(async (request, response) => {
      const { what, status, body } = answerOf(request, await textOf(request));
      asked.add(what);
      response.writeHead(status, { etag: '"1"' }).end(body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    context.after(() => {
      server.close();
      server.closeAllConnections();
      setAwsEnvironment({});
    });
    setAwsEnvironment({ ...ENVIRONMENT, AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
    const { handler } = await import(pathToFileURL(join(bundleOf('plan').folder, ENTRY)).href);

    const request = { fleet: 'payments', operation: 'switchover', target: 'us-west-2', reason: 'by hand' };
    await assert.rejects(handler({ runId: 'by-hand-1', startedAt: '2026-01-01T00:00:00.000Z', request }), {
      name: 'InvalidRequest',
      message: /no key of fleet payments was found in any of its Regions/,
    });

    assert.deepEqual([...asked].sort(), ['AssumeRole', 'GET', 'GetItem', 'ListKeys']);
  });
});

const FLEETS = JSON.stringify({
  fleets: { payments: { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2'] } },
});
const ENVIRONMENT = {
  AWS_REGION: 'us-east-2',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  TABLE_NAME: 'table',
  BUCKET_NAME: 'working',
  BUS_NAME: 'bus',
  STATE_MACHINE_ARN: 'arn:aws:states:us-east-2:999988887777:stateMachine:mrk-failover',
  MEMBER_ROLE_NAME: 'mrk-failover-observe',
};

const ASSUMED =
  '<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>a</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>';

/** The least that S3, DynamoDB, STS and KMS can answer, and what they were asked for. */
const answerOf = (
  { headers, method = '', url = '' }: IncomingMessage,
  text: string,
): { readonly what: string; readonly status: number; readonly body: string } => {
  if (text.includes('Action=AssumeRole')) return { what: 'AssumeRole', status: 200, body: ASSUMED };
  const what = String(headers['x-amz-target'] ?? method).replace(/^.*\./, '');
  if (what !== 'GET') return { what, status: 200, body: '{}' };
  if (url.includes(FLEET_FILE)) return { what, status: 200, body: FLEETS };
  return { what, status: 404, body: '<Error><Code>NoSuchKey</Code></Error>' };
};
