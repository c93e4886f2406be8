import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { rawHealthEvent } from '../../support/health-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-decide-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const root = new URL('../../../', import.meta.url).pathname;

const written = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const fleets = written(
  'fleets.yaml',
  `fleets:
  payments:
    accounts: ["111122223333"]
    keys: { all: true }
    home: eu-central-1
    standbys: [eu-west-1]
    posture: automatic
    exceptions:
      - { key: mrk-0123456789abcdef0123456789abcdef, reason: vault, owner: maria, expires: 2026-10-19 }
`,
);
const event = JSON.stringify(rawHealthEvent('kms-issue-opens'));

const run = (words: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', 'decide', '--fleets', fleets, ...words], {
    cwd: root,
    encoding: 'utf8',
    input,
    env: { ...process.env, NO_COLOR: '1' },
  });
  return { status, stdout, stderr };
};

describe('mrk-failover decide', () => {
  it('judges what is piped in, names lines that it cannot read, reports exceptions that are over, and ends with 2', () => {
    const { status, stdout, stderr } = run(['-', '--json', '--probe', 'source=unreachable, target=healthy'], `${event}\n\n{}\n`);

    assert.equal(status, 2);
    assert.deepEqual(JSON.parse(stdout).rule, 'SOURCE_UNREACHABLE');
    assert.deepEqual(stderr.trimEnd().split('\n'), [
      '✗ -:3: source: expected a text; got nothing.',
      '✗ -:3: detail-type: expected a text; got nothing.',
      '! Fleet payments: the exception for mrk-0123456789abcdef0123456789abcdef (maria) ended with 2026-10-19; the key moves with the fleet again.',
    ]);
  });

  it('takes a file as Windows writes it, with a mark in front, empty lines and its own ends of lines', () => {
    const { status, stdout, stderr } = run([written('windows.jsonl', `\uFEFF${event}\r\n\r\n  \r\n${event}\r\n`), '--json']);

    assert.deepEqual([status, stderr.includes('✗')], [0, false]);
    const lines = stdout.trimEnd().split('\n');
    assert.deepEqual(
      lines.map((line) => JSON.parse(line)).map(({ line, rule }) => [line, rule]),
      [
        [1, 'SOURCE_UNKNOWN'],
        [4, 'DUPLICATE'],
      ],
    );
  });

  it('tells a person what would be done, why, and what would lift it, and ends with 0', () => {
    const file = written('signals.jsonl', `${event}\n`);
    const { status, stdout } = run([file, '--now', '2026-10-20T08:00:00Z']);

    assert.equal(status, 0);
    assert.match(stdout, /^line 1 {2}2026-10-20T08:00:00Z {2}AWS Health/);
    assert.match(stdout, /approve fleet payments {2}failover eu-central-1 → eu-west-1 {2}\[SOURCE_UNKNOWN\]/);
    assert.match(stdout, /What lifts it: probes that find the source degraded or unreachable/);
    assert.match(stdout, /Nothing was started\. Decisions: 0 start, 1 approve, 0 observe, 0 ignore\.\n$/);
    assert.equal(readFileSync(file, 'utf8'), `${event}\n`);
  });

  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a file that does not exist', ['nowhere.jsonl'], /^✗ The file of signals nowhere\.jsonl cannot be read \(ENOENT\)\.\n$/],
    ['an empty file', [written('empty.jsonl', '\n')], /empty\.jsonl has no signal in it: expected one event in JSON a line\.\n$/],
    ['a verdict that does not exist', ['-', '--probe', 'source=broken'], /^✗ --probe: expected source=<verdict>.*got "source=broken"\.\n$/],
    ['a time that is none', ['-', '--now', 'noon'], /^✗ --now: expected a time such as 2026-10-20T07:53:00Z; got "noon"\.\n$/],
  ];
  for (const [title, words, sentence] of wrong) {
    it(`answers ${title} with a sentence and exit code 2`, () => {
      const { status, stdout, stderr } = run(words);

      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, sentence);
    });
  }
});
