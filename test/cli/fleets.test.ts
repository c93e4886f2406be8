import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fleetsOf } from '../support/infra/fleets-of.ts';

const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-fleets-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const root = new URL('../../', import.meta.url).pathname;
const example = readFileSync(join(root, 'fleets.yaml'), 'utf8');

const run = (...words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', 'fleets', ...words], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
};

describe('mrk-failover fleets', () => {
  it('prints the fleet file of this folder in JSON, and nothing else', () => {
    const { status, stdout, stderr } = run();

    assert.deepEqual([status, stderr], [0, '']);
    assert.equal(JSON.parse(stdout).fleets.payments.home, 'us-east-1');
    assert.deepEqual(fleetsOf(stdout), fleetsOf(example));
  });

  it('prints nothing of a wrong file, says what is wrong with its line, and ends with 2', () => {
    const path = join(folder, 'wrong.yaml');
    writeFileSync(path, example.replace('home: us-east-1', 'home: Oregon'));
    const { status, stdout, stderr } = run(path);

    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^✗ .*wrong\.yaml:\d+: fleets\.payments\.home is wrong; expected .*; got "Oregon"\.\n$/);
  });

  it('names a file that is not there', () => {
    assert.deepEqual(run('nowhere.yaml'), { status: 2, stdout: '', stderr: '✗ The file nowhere.yaml cannot be read (ENOENT).\n' });
  });
});
