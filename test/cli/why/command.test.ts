import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import type { Decision } from '../../../core/decision/decision.ts';

const root = new URL('../../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-why-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const why = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', 'why', ...words], { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
};
const decision = (fleet: string, at: number, sentence: string): string => {
  const made: Decision = {
    state: 'decided',
    at,
    fleet,
    signal: 'AWS Health',
    verb: 'observe',
    rule: 'STOPPED',
    why: sentence,
    liftedBy: [],
  };
  return JSON.stringify({ id: `${fleet}/${at}`, decision: made });
};
writeFileSync(
  join(folder, 'decisions.jsonl'),
  [decision('payments', 1_000, 'the first'), decision('ledger', 2_000, 'another fleet'), decision('payments', 3_000, 'the last')].join(
    '\n',
  ),
);

describe('mrk-failover why', () => {
  it('tells the latest decisions first', () => {
    const { stdout, status } = why('--from', folder);
    assert.equal(status, 0);
    assert.match(stdout, /the last[\s\S]*another fleet[\s\S]*the first/);
  });

  it('tells those of one fleet, as many as wanted', () => {
    const { stdout } = why('--from', folder, '--fleet', 'payments', '--last', '1');
    assert.match(stdout, /the last/);
    assert.doesNotMatch(stdout, /the first|another fleet/);
  });

  it('gives documents to programs', () => {
    const documents = why('--from', folder, '--json').stdout.trim().split('\n');
    assert.deepEqual(
      documents.map((line) => JSON.parse(line).why),
      ['the last', 'another fleet', 'the first'],
    );
  });

  it('says that nothing is on record of a fleet', () => {
    const { stderr, status } = why('--from', folder, '--fleet', 'nobody');
    assert.deepEqual([status, stderr], [1, 'No decision about fleet nobody is on record; there are 3 about others.\n']);
  });

  it('says where stories leave their decisions when the folder has none', () => {
    const { stderr, status } = why('--from', tmpdir());
    assert.equal(status, 2);
    assert.match(stderr, /--from: expected a folder that a story left/);
  });

  it('names the line of a file that holds something else', () => {
    const cut = join(folder, 'cut');
    mkdirSync(cut);
    writeFileSync(join(cut, 'decisions.jsonl'), `${decision('payments', 1_000, 'the first')}\n{"id":"payments/2","deci`);
    const { stderr, status } = why(`--from=${cut}`);
    assert.equal(status, 2);
    assert.match(stderr, /--from: expected a decision in JSON on each line, .*; got something else at .*decisions\.jsonl:2\.\n$/);
  });

  it('says in its help how it ends when nothing is on record', () => {
    assert.match(why('--help').stdout, /Exit codes: 0 told, 1 nothing is on record of that fleet, 2 wrong use, 4 .*, 5 our own error, 6 /);
  });
});

describe('What was noted of an event', () => {
  it('is shown as text, whatever it would command a terminal', () => {
    const crafted = join(folder, 'crafted');
    mkdirSync(crafted);
    writeFileSync(join(crafted, 'decisions.jsonl'), decision('payments', 1_000, 'x\u001b]0;title\u0007\nline 1  start \u009b31m'));
    assert.match(why('--from', crafted).stdout, /because: {2}x\\u001b\]0;title\\u0007\\nline 1 {2}start \\u009b31m \[STOPPED\]\n/);
    assert.ok(!why('--from', crafted, '--json').stdout.includes('\u009b'));
  });
});
