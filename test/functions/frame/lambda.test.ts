import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { WARM_UP } from '../../../core/run/warm-up.ts';
import { WrongFleetFileError } from '../../../functions/frame/fleets.ts';
import { ContendedItemError } from '../../../functions/frame/item.ts';
import { framed } from '../../../functions/frame/lambda.ts';
import { InvalidRequestError, RefusedByGuardError } from '../../../functions/plan/errors.ts';
import { StillDecidingError } from '../../../functions/trigger/claim.ts';
import { type DynamoServer, startDynamoServer } from '../../support/dynamo-server.ts';
import { runtimeWith } from '../../support/runtime.ts';

let server: DynamoServer;
before(async () => {
  server = await startDynamoServer();
});
after(() => server.close());

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Calls `functions/trigger/handler.ts` in a process of its own, as Lambda would: the file’s `handler`, its settings from the environment. */
const invoked = async (
  environment: Readonly<Record<string, string>>,
  event: unknown,
): Promise<{ readonly stdout: string; readonly stderr: string }> => {
  const code = `import { handler } from './functions/trigger/handler.ts';
    handler(${JSON.stringify(event)}).then((answer) => console.log('answer ' + JSON.stringify(answer)), (error) => console.log('error ' + error.name + ': ' + error.message));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: root,
    env: { PATH: process.env.PATH ?? '', ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  await once(child, 'close');
  return { stdout, stderr };
};

const settings = {
  AWS_REGION: 'us-west-2',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  BUCKET_NAME: 'working-bucket',
  BUS_NAME: 'lifecycle',
  STATE_MACHINE_ARN: 'arn:aws:states:us-west-2:111122223333:stateMachine:failover',
};
const tick = { source: 'mrk-failover', 'detail-type': 'Reconcile Tick' };

test('a handler runs as a plain file under Node, and finds table and bucket by AWS_ENDPOINT_URL_<SERVICE>', async () => {
  const tableName = await server.createTable();
  const bucket = createServer((_, response) => response.setHeader('etag', '"1"').end('{"fleets":{}}'));
  bucket.listen(0, '127.0.0.1');
  await once(bucket, 'listening');
  const { port } = bucket.address() as AddressInfo;
  const endpoints = { AWS_ENDPOINT_URL_DYNAMODB: server.endpoint(), AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${port}` };
  const { stdout, stderr } = await invoked({ ...settings, TABLE_NAME: tableName, ...endpoints }, tick);
  bucket.close();

  assert.match(stdout, /^answer \{"intents":\[\],"fleets":\[\],"resent":0\}$/m);
  assert.equal(stderr, '');
});

test('a handler whose environment is not right says which variable, what was expected and what came', async () => {
  const { stdout } = await invoked({ ...settings, STATE_MACHINE_ARN: 'failover' }, tick);

  assert.match(stdout, /^error WrongSettings: The environment of this function is not right:$/m);
  assert.match(stdout, /^TABLE_NAME: .*; got nothing\.$/m);
  assert.match(stdout, /^STATE_MACHINE_ARN: expected the ARN of a state machine; got "failover"\.$/m);
});

test('a handler that is given no signal refuses it in a sentence', async () => {
  const { stdout } = await invoked({ ...settings, TABLE_NAME: 'unused' }, { hello: 'world' });

  assert.match(stdout, /^error InvalidEvent: The event cannot be read, and nothing was started:\nsource: expected a text; got nothing\.$/m);
});

test('an error that nobody has foreseen has one name for the definition, and tells the original’s', async () => {
  const original = Object.assign(new Error('Please reduce your request rate.'), { name: 'SlowDown' });
  const handler = framed('plan', z.unknown(), () => Promise.reject(original))(runtimeWith());

  await assert.rejects(handler({}), { name: 'Passing', message: 'SlowDown: Please reduce your request rate.', cause: original });
});

test('an error of our own about a situation keeps its name', async () => {
  const situations = [
    new InvalidRequestError(['no fleet']),
    new RefusedByGuardError(['not now']),
    new WrongFleetFileError('no file'),
    new ContendedItemError('busy'),
    new StillDecidingError('busy'),
  ];
  for (const situation of situations) {
    const handler = framed('plan', z.unknown(), () => Promise.reject(situation))(runtimeWith());

    await assert.rejects(handler({}), situation);
  }
});

test('an input that the schema does not know is refused under its own name', async () => {
  const handler = framed('plan', z.strictObject({ runId: z.string() }), async () => 'done')(runtimeWith());

  await assert.rejects(handler({ runId: 3 }), { name: 'InvalidStepInput', message: 'plan: runId: expected string; got the number 3.' });
});

test('a warm-up reaches neither the schema, nor the work, nor the log', async () => {
  const logged: string[] = [];
  const runtime = { ...runtimeWith(), log: (message: string) => logged.push(message) };
  const handler = framed('poll', z.strictObject({ runId: z.string() }), () => Promise.reject(new Error('no work was asked for')))(runtime);

  assert.equal(await handler(WARM_UP), undefined);
  assert.deepEqual(logged, []);
});
