import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { writeReport } from '../../../cli/report/write-report.ts';
import { INTENT, line, run, wordsOf } from './left.ts';

const root = new URL('../../../', import.meta.url).pathname;
const bucket = mkdtempSync(join(tmpdir(), 'mrk-failover-bucket-'));
after(() => rmSync(bucket, { recursive: true, force: true }));

const { summary } = run(1, [line(1)]);
mkdirSync(join(bucket, 'evidence', summary.runId), { recursive: true });
writeFileSync(join(bucket, 'evidence', summary.runId, 'summary.json'), JSON.stringify(summary));
writeFileSync(join(bucket, 'evidence', summary.runId, 'keys.jsonl'), `${JSON.stringify(line(1))}\n`);

const report = (words: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(process.execPath, ['cli/main.ts', 'report', ...words], { cwd: root, encoding: 'utf8', env });

describe('mrk-failover report', () => {
  it('writes the page of real runs beside them, and its path on stdout', () => {
    const { status, stdout, stderr } = report([bucket, '--intent', INTENT]);

    assert.deepEqual([status, stdout, stderr], [0, `${join(bucket, 'report.html')}\n`, '']);
    const words = wordsOf(readFileSync(join(bucket, 'report.html'), 'utf8'));
    assert.match(words, /MOVED/);
    assert.doesNotMatch(words, /simulated/i);
  });

  it('writes through no link that a stranger has put into the folder', async () => {
    const precious = join(bucket, 'evidence', 'precious.txt');
    const [page, partial] = [join(bucket, 'report.html'), join(bucket, '.partial')];
    rmSync(page, { force: true });
    writeFileSync(precious, 'precious');
    symlinkSync(precious, partial);
    await writeReport(bucket);
    rmSync(page);
    symlinkSync(precious, page);
    await assert.rejects(writeReport(bucket), {
      name: 'WrongUse',
      message: `${page} is a link; expected a page made before, or nothing. Remove it.`,
    });
    for (const link of [page, partial]) rmSync(link);

    assert.deepEqual([readFileSync(precious, 'utf8'), readdirSync(bucket)], ['precious', ['evidence']]);
  });

  it('is no failure where there is no browser, and says so', () => {
    const { status, stderr } = report([bucket, '--open'], { PATH: '/nowhere' });

    assert.equal(status, 0);
    assert.match(stderr, /^No browser could be started \(.+\); open \S+report\.html yourself\.\n$/);
  });

  it('refuses a folder that holds nothing to tell, and one whose name would command the terminal', () => {
    const { status, stderr } = report(['runs/\u001b[2J']);

    assert.equal(status, 2);
    assert.match(stderr, /^✗ Expected the folder of a story, .*runs\/\\u001b\[2J does not exist\.\n$/);
  });
});
