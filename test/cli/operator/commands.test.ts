import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { Command } from 'commander';
import { addOperatorCommands } from '../../../cli/operator/commands.ts';
import { WrongUseError } from '../../../cli/wrong-use.ts';
import { closedUrl } from '../../support/closed-url.ts';

const root = new URL('../../../', import.meta.url).pathname;
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };
const stop = (url: string): readonly string[] => ['stop', 'payments', '--reason', 'x', '--url', url];

interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** Runs the command. */
const run = async (words: readonly string[]) => {
  const child = spawn(process.execPath, ['cli/main.ts', ...words], { cwd: root, env: { ...process.env, ...CREDENTIALS } });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, status };
};

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
  const ended = await run(words(`http://127.0.0.1:${port}/`));
  server.close();
  return { asked, ...ended };
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

  it('an endpoint that is not reached ends with an exit code of its own, and no word of a bug', async () => {
    const { stderr, stdout, status } = await run(stop(await closedUrl()));
    assert.deepEqual([stdout, status], ['', 6]);
    assert.match(
      stderr,
      /^✗ localhost:\d+ was not reached: it refused the connection\.\n✗ Nothing is known to have been stopped\. Ask again/,
    );
  });

  it('what would command the terminal is shown as text', async () => {
    const { stdout } = await withEndpoint({ status: 200, body: { message: 'done\u001b]0;pwned\u0007\nline 1  start' } }, stop);
    assert.equal(stdout, 'done\\u001b]0;pwned\\u0007\\nline 1  start\n');
  });

  it('the exit codes are in the help', async () => {
    assert.match(
      (await run(['stop', '--help'])).stdout,
      /Exit codes: 0 done, 2 wrong use, 4 refused, 5 our own error, 6 [\s\S]*nothing is known/,
    );
  });

  for (const [words, sentence] of [
    [['switch', 'sideways'], /expected set to be "on" or "off"; got "sideways"/],
    [['switch', 'on', '--hours', '-1'], /hours: expected for how many hours .* a number above 0 and up to 720; got the number -1/],
    [['switch', 'on', '--hours', 'many'], /--hours: expected a number of hours; got "many"/],
    [['acknowledge', ' '], /fleet: expected the name of a fleet of the fleet file, not an empty text/],
  ] as const)
    it(`"${words.join(' ')}" is refused before anything is called`, async () => {
      const program = new Command();
      addOperatorCommands(program);
      const asked = program.parseAsync([...words, '--reason', 'x', '--url', 'http://localhost/'], { from: 'user' });
      await assert.rejects(asked, (error) => error instanceof WrongUseError && sentence.test(error.message));
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
