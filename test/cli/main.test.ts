import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root, simulateCommand } from '../support/simulate-command.ts';

const { folder, run, write } = simulateCommand();

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
