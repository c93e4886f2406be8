import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

  it('ends with 2 where there is nothing to verify, or the words are wrong', () => {
    for (const [words, expected] of [
      [[join(folder, 'nowhere')], /There is no folder /],
      [[folder, '--seal', 'abc'], /--seal: expected 64 hex digits in lower case; got "abc"\./],
      [[folder, '--retention-days', '0'], /--retention-days: expected a whole number/],
    ] as const) {
      const { status, stdout, stderr } = verify(...words);

      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, expected);
    }
  });
});
