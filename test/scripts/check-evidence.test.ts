import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = mkdtempSync(join(tmpdir(), 'mrk-failover-check-'));
after(() => rmSync(root, { recursive: true, force: true }));
const script = fileURLToPath(new URL('../../scripts/check-evidence.ts', import.meta.url));

/** Checks a folder with the files of a story, each given as a document. */
const checked = (name: string, files: Readonly<Record<string, unknown>>) => {
  const folder = join(root, name);
  for (const [file, document] of Object.entries(files)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, file), JSON.stringify(document));
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  return { folder, status, stdout, stderr };
};
const truth = (promotionsAccepted: number) => ({
  keys: [{ account: '111122223333', keyId: 'mrk-1', promotionsAccepted, regions: { 'us-east-1': { role: 'PRIMARY', state: 'Enabled' } } }],
});

describe('The check of the evidence', () => {
  it('says of a folder that does not exist, or that no story has left, that no run left evidence there', () => {
    const nowhere = checked('nowhere', {});
    assert.equal(nowhere.stderr, `No run left evidence in ${nowhere.folder}: there is no such folder. Play a story with npm start.\n`);
    const other = checked('other', { 'package.json': {} });
    assert.equal(other.stderr, `No run left evidence in ${other.folder}: expected a truth.json in it, as a story leaves it.\n`);
    assert.deepEqual([nowhere.status, other.status], [2, 2]);
  });

  it('takes it for right that a story without runs has none, when no key was promoted', () => {
    const quiet = checked('quiet', { 'story.json': { runs: [] }, 'truth.json': truth(0) });
    assert.deepEqual([quiet.status, quiet.stderr], [0, '']);
    assert.match(quiet.stdout, /^No run left evidence in .*quiet, and none of its 1 keys was promoted: there is nothing to compare\.\n$/);
  });

  it('finds keys that moved without a run, and runs whose evidence is gone', () => {
    const runs = [
      { runId: 'payments-0-1', result: 'refused' },
      { runId: 'payments-0-2', result: 'moved' },
    ];
    const gone = checked('gone', { 'story.json': { runs }, 'truth.json': truth(1) });
    assert.deepEqual(
      [gone.status, gone.stdout],
      [
        1,
        '0 run(s), 1 keys: 2 difference(s).\n- payments-0-2: the story says that it ended as moved, and it left no evidence.\n- No run left evidence, and 1 key(s) were promoted.\n',
      ],
    );
  });
});
