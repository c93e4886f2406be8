import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { leftBy, runId } from '../../support/evidence.ts';

const root = new URL('../../../', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'mrk-failover-verify-command-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const { evidence, summary, keys } = leftBy(1);
const run = join(folder, 'evidence', runId(1));
mkdirSync(run, { recursive: true });
writeFileSync(join(run, 'summary.json'), summary);
writeFileSync(join(run, 'keys.jsonl'), keys);

const verify = (...words: string[]) => {
  const env = { ...process.env, NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/main.ts', 'verify', ...words], { cwd: root, encoding: 'utf8', env });
  return { status, stdout, stderr };
};

describe('mrk-failover verify', () => {
  it('ends with 0 when all of it holds, and says what does', () => {
    const { status, stdout } = verify(folder, '--seal', evidence.seal);

    assert.equal(status, 0);
    assert.match(
      stdout,
      /^✓ The files of the one run are as they were left, to the last byte\.\n✓ Fleet payments, concluded in us-east-2: one run\./,
    );
  });

  it('ends with 1 when something does not, and cannot be made to command the terminal by a name', () => {
    const name = 'x\u001b[2J';
    mkdirSync(join(folder, 'evidence', name));
    const { status, stdout } = verify(folder);
    rmSync(join(folder, 'evidence', name), { recursive: true });

    assert.equal(status, 1);
    assert.match(stdout, /✗ evidence\/x\\u001b\[2J\/summary\.json is missing/);
  });

  it('takes a day for runs without a seal, and names of runs that stand beside another', () => {
    const { controlRegion: _, keysSha256: __, previous: ___, seal: ____, ...old } = leftBy(2, evidence).evidence;
    const late = join(folder, 'evidence', runId(2));
    mkdirSync(late);
    writeFileSync(join(late, 'summary.json'), JSON.stringify(old));
    writeFileSync(join(late, 'keys.jsonl'), keys);
    const [known, acknowledged] = [
      verify(folder, '--unsealed-before', '1970-01-02'),
      verify(folder, '--unsealed-before', '1970-01-02T00:00:00Z', '--acknowledge', 'x', '--acknowledge', 'y'),
    ];
    rmSync(late, { recursive: true });

    assert.deepEqual([known.status, acknowledged.status], [0, 1]);
    assert.match(known.stdout, /^! evidence\/\S+-2 has no seal/m);
    assert.match(acknowledged.stdout, /^✗ --acknowledge: x takes no place .*\n✗ --acknowledge: y /m);
  });

  it('is answered by the line of Node that the guide has for the seal', () => {
    const guide = readFileSync(join(root, 'docs/guides/evidence.md'), 'utf8');
    const [, script = ''] = /^node -e '(.*)' summary\.json$/m.exec(guide) ?? [];
    const odd = leftBy(1, leftBy(9).evidence, {
      notes: ['\u007f \u0000 " \\ \ud800 \u2028 é \u{1f600}'],
      reasons: { UNREADABLE: 1, EXCEPTED: 1 },
    });
    const path = join(folder, 'odd.json');
    writeFileSync(path, odd.summary);
    const { stdout } = spawnSync(process.execPath, ['-e', script, path], { encoding: 'utf8' });
    rmSync(path);

    assert.equal(stdout, `${odd.evidence.seal}\n`);
  });

  it('ends with 2 where there is nothing to verify, or the words are wrong', () => {
    for (const [words, expected] of [
      [[join(folder, 'nowhere')], /There is no folder /],
      [[folder, '--seal', evidence.seal, '--seal', 'abc'], /--seal: expected 64 hex digits in lower case; got "abc"\./],
      [[folder, '--retention-days', '0'], /--retention-days: expected a whole number/],
      [[folder, '--unsealed-before', '2026-02-30'], /--unsealed-before: expected a day or a time in UTC, .*; got "2026-02-30"\./],
    ] as const) {
      const { status, stdout, stderr } = verify(...words);

      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, expected);
    }
  });
});
