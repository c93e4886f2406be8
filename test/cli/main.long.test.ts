import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, simulateCommand } from '../support/simulate-command.ts';

const { folder, run, write } = simulateCommand();

test('the check of the evidence finds a key whose line says the contrary of the truth', () => {
  const out = join(folder, 'out');
  const { runId } = JSON.parse(run('--keys', '20', '--json').stdout);
  const path = join(out, 'evidence', runId, 'keys.jsonl');
  writeFileSync(path, readFileSync(path, 'utf8').replace('"outcome":"promoted"', '"outcome":"blocked"'));
  const check = spawnSync(process.execPath, ['scripts/check-evidence.ts', out], { cwd: root, encoding: 'utf8' });

  assert.equal(check.status, 1);
  assert.match(check.stdout, /the evidence says blocked/);
});

test('a dark source ends with exit code 3 and a plain sentence on what that means', () => {
  const { status, stdout } = run('--keys', '20', '--fault', 'source-down');

  assert.equal(status, 3);
  assert.match(stdout, /20 of 20 keys could not move.*us-east-1 does not answer/);
  assert.match(
    stdout,
    /This is no outage of their data. In us-west-2, use of 20 of them was proven just now; of 0 that could not be shown/,
  );
});

test('keys that cannot be moved end with exit code 1 and their reason', () => {
  const { status, stdout } = run('--keys', '15', '--fault', 'missing-replicas');

  assert.equal(status, 1);
  assert.match(stdout, /1 NO_REPLICA: the key has no replica in the target/);
});

test('a guard that says no ends with exit code 4', () => {
  const fleets = write('approve.yaml', readFileSync(join(root, 'fleets.yaml'), 'utf8').replace('posture: automatic', 'posture: approve'));
  const { status, stderr } = run('--keys', '20', '--fleets', fleets);

  assert.equal(status, 4);
  assert.match(stderr, /Nothing was started, and no key was touched/);
  assert.match(stderr, /posture "approve"/);
});
