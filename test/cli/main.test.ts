import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-cli-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const root = new URL('../../', import.meta.url).pathname;

const run = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', 'simulate', '--out', join(folder, 'out'), ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

test('a whole failover ends with exit code 0, one JSON document on stdout, nothing on stderr, and evidence that a stranger finds true', () => {
  const { status, stdout, stderr } = run('--keys', '20', '--json');

  assert.equal(stderr, '');
  assert.equal(status, 0);
  const told = JSON.parse(stdout);
  for (const field of [
    'runId',
    'fleet',
    'operation',
    'source',
    'target',
    'result',
    'keys',
    'outcomes',
    'reasons',
    'secondsToFirstVerified',
    'secondsTotal',
    'floorSeconds',
    'ratioConfigured',
    'ratioQuota',
    'calls',
    'throttled',
    'stateTransitions',
    'faultsStruck',
    'runs',
    'report',
  ])
    assert.ok(field in told, `${field} is missing`);
  assert.deepEqual(Object.keys(told.outcomes).toSorted(), [
    'alreadyPrimary',
    'blocked',
    'failed',
    'halted',
    'ineligible',
    'promoted',
    'unproven',
  ]);
  assert.match(readFileSync(told.report, 'utf8'), /^<!doctype html>/);
  const check = spawnSync(process.execPath, ['scripts/check-evidence.ts', join(folder, 'out')], { cwd: root, encoding: 'utf8' });
  assert.equal(check.stdout, '1 run(s), 20 keys: no difference between evidence and truth.\n');
  assert.equal(check.status, 0);
});

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

const wrong: ReadonlyArray<{ readonly case: string; readonly words: () => string[]; readonly says: RegExp }> = [
  {
    case: 'an unknown option',
    words: () => ['--kyes', '5'],
    says: /^✗ unknown option '--kyes' \(Did you mean --keys\?\)\. See --help for the options\.\n$/,
  },
  { case: 'a word too many', words: () => ['now'], says: /too many arguments .* got 1: now\. See --help/ },
  { case: 'a seed that is none', words: () => ['--seed', ''], says: /--seed: expected a text of 1 to 100 characters; got ""/ },
  { case: 'a file for a folder', words: () => ['--out', 'package.json'], says: /--out: package\.json is a file; expected a folder/ },
  { case: 'a number that is none', words: () => ['--keys', 'many'], says: /--keys: expected a whole number from 1 to 100000; got "many"/ },
  {
    case: 'an unknown operation',
    words: () => ['--operation', 'move'],
    says: /--operation: expected one of failover, failback, switchover, drill; got "move"/,
  },
  { case: 'an unknown fault', words: () => ['--fault', 'source-dwn'], says: /no fault named 'source-dwn'\. Did you mean 'source-down'\?/ },
  { case: 'an unknown fleet', words: () => ['--fleet', 'billing'], says: /has no fleet named "billing"; it has payments/ },
  { case: 'a target that is the source', words: () => ['--target', 'us-east-1'], says: /expected another Region than the source/ },
  {
    case: 'a target outside of the fleet',
    words: () => ['--target', 'ap-south-1'],
    says: /fleet payments lives in us-east-1, us-west-2, eu-west-1; got "ap-south-1"/,
  },
  {
    case: 'a fleet file that is not there',
    words: () => ['--fleets', 'nowhere.yaml'],
    says: /--fleets: the file nowhere.yaml cannot be read \(ENOENT\)/,
  },
  {
    case: 'a misspelt field in the fleet file',
    words: () => [
      '--fleets',
      write('wrong.yaml', readFileSync(join(root, 'fleets.yaml'), 'utf8').replace('posture: automatic', 'postur: automatic')),
    ],
    says: /wrong\.yaml:\d+: fleets\.payments\.postur is not a field here; expected .*; got .*Did you mean posture\?/,
  },
  { case: 'an event that is no JSON', words: () => ['--event', write('event.json', '{')], says: /--event: .*event\.json is not JSON/ },
  {
    case: 'an event that lacks its fields',
    words: () => ['--event', write('event.json', '{"source":"aws.health","detail-type":"AWS Health Event"}')],
    says: /cannot be read, and nothing was started/,
  },
];

test('a command that does not exist is named, with those there are', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', 'aprove'], { cwd: root, encoding: 'utf8' });

  assert.deepEqual([status, stdout], [2, '']);
  assert.match(
    stderr,
    /^✗ There is no command named 'aprove'\. Did you mean 'approve'\? The commands are simulate, approve, [a-z, ]+\.\n$/,
  );
});

for (const { case: name, words, says } of wrong) {
  test(`${name} ends with exit code 2, a sentence, and nothing on stdout`, () => {
    const { status, stdout, stderr } = run('--keys', '20', ...words());

    assert.match(stderr, says);
    assert.equal(status, 2);
    assert.equal(stdout, '');
  });
}

test('the help names every option, every fault and every exit code', () => {
  const { status, stdout } = run('--help');

  assert.equal(status, 0);
  for (const word of [
    '--keys',
    '--accounts',
    '--seed',
    '--operation',
    '--fault',
    '--json',
    'source-down-at',
    'function-crash',
    '5 our own error',
  ])
    assert.ok(stdout.includes(word), word);
});
