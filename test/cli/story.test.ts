import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-story-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const root = new URL('../../', import.meta.url).pathname;
const run = (...words: string[]) => spawnSync(process.execPath, ['cli/main.ts', ...words], { cwd: root, encoding: 'utf8' });

test('a story with a name is one JSON document that tells each chapter, and exit code 0 when every key is where it shall be', () => {
  const { status, stdout, stderr } = run('--story', 'noise', '--keys', '6', '--json', '--out', folder);

  assert.equal(stderr, '');
  assert.equal(status, 0);
  const { chapters, result, runs } = JSON.parse(stdout);
  assert.deepEqual([result, runs], ['nothing-to-do', []]);
  assert.ok(chapters.length > 10, `${chapters.length} chapters`);
  assert.match(chapters.at(-1).text, /no run was started/);
});

test('a story that does not exist, and what a story decides itself, are wrong uses, each in a sentence', () => {
  const unknown = run('--story', 'nois');
  const decided = run('--story', 'noise', '--fault', 'degraded', '--operation', 'drill');

  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /There is no story named 'nois'\. Did you mean 'noise'\?/);
  assert.equal(decided.status, 2);
  assert.match(decided.stderr, /--operation: the story 'noise' decides that itself; leave it out\.\n.*--fault: /);
});

test('the help names every story with a sentence', () => {
  const { stdout } = run('simulate', '--help');

  for (const name of ['automatic', 'approve', 'noise', 'drill', 'drill-interrupted', 'blocked-then-recovers', 'failback', 'stopped'])
    assert.match(stdout, new RegExp(`^  ${name} +\\S+ \\S+`, 'm'));
});
