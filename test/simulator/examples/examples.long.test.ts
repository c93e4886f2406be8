import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ACCOUNT, HOME, wireFixture } from '../wire/wire-server.ts';

const wire = wireFixture();
const run = promisify(execFile);

const example = (name: string): string => fileURLToPath(new URL(`../../../simulator/examples/${name}`, import.meta.url));

/** Why an example cannot run on this machine; false when it can. */
const unless = (what: string, command: string, ...words: readonly string[]): string | false =>
  spawnSync(command, words).status === 0 ? false : `${what} is not on this machine`;

/** What a person would have set, and nothing of this machine's own. */
const environment = () => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  AWS_ENDPOINT_URL: wire.endpoint,
  AWS_ACCESS_KEY_ID: ACCOUNT,
  AWS_SECRET_ACCESS_KEY: 'anything',
  AWS_DEFAULT_REGION: HOME,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  PAUSE_SECONDS: '0.01',
});

const linesOf = async (command: string, ...words: readonly string[]): Promise<readonly string[]> =>
  (await run(command, words, { env: environment() })).stdout.trim().split('\n');

const PROMOTED = ['while it changes: Updating', 'primary: us-west-2', 'decrypted: the same in every Region'];

describe('The examples', () => {
  it('boto3 moves a key of every usage and uses it in both Regions', {
    skip: unless('boto3', 'python3', '-c', 'import boto3'),
  }, async () => {
    assert.deepEqual(
      await linesOf('python3', example('every_usage.py')),
      [
        'ENCRYPT_DECRYPT with SYMMETRIC_DEFAULT',
        'ENCRYPT_DECRYPT with RSA_2048',
        'SIGN_VERIFY with ECC_NIST_P256',
        'GENERATE_VERIFY_MAC with HMAC_256',
        'KEY_AGREEMENT with ECC_NIST_P256',
      ].map((what) => `${what}: moved, Updating meanwhile, and used in both Regions before, during and after`),
    );
  });

  it('the AWS CLI moves a key and decrypts in the other Region', {
    skip: unless('the AWS CLI', 'bash', '-c', 'command -v aws'),
  }, async () => {
    assert.deepEqual(await linesOf('bash', example('promote.sh')), ['primary: us-east-1', ...PROMOTED]);
  });

  it('JavaScript moves a key and decrypts in the other Region', async () => {
    assert.deepEqual(await linesOf(process.execPath, example('promote.mjs')), PROMOTED);
  });
});
