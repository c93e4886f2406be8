import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../../../simulator/bench/served.ts';

const MAIN = fileURLToPath(new URL('../../../simulator/wire/main.ts', import.meta.url));

describe('npm run simulator', () => {
  it('says in one line where it listens, and ends well when it is told to', async () => {
    const server = await serve(['--accounts', '999988887777', '--regions', 'us-east-1', '--kind', '--seed', 'tea']);
    const overview = await fetch(`http://127.0.0.1:${server.port}/_simulator`).then((response) => response.text());

    const { code, lines } = await server.stop();

    assert.deepEqual(lines, [
      `KMS of 1 Region (account 999988887777) listens on http://127.0.0.1:${server.port}, seed tea, kind. Ctrl-C stops it.`,
    ]);
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(overview).accounts, ['999988887777']);
  });

  it('says when the port is taken, or a word is wrong, and exits with 2', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const run = (...words: readonly string[]) => spawnSync(process.execPath, [MAIN, ...words], { encoding: 'utf8' });

    const taken = run('--port', String(port));
    const wrong = run('--prot', '1');
    const tooMuch = run('us-east-1');
    other.close();

    assert.deepEqual(
      [taken.status, taken.stdout, taken.stderr],
      [2, '', `--port: port ${port} of 127.0.0.1 is in use; stop what listens there, or choose another (0 takes any free one).\n`],
    );
    assert.equal(wrong.status, 2);
    assert.match(wrong.stderr, /unknown option '--prot'.*See --help/s);
    assert.match(tooMuch.stderr, /^too many arguments\..*got 1: us-east-1\. See --help for the options\.\n$/);
  });
});
