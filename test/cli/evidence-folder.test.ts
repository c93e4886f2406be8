import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { refuseUnfit, removeRuns } from '../../cli/evidence-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'mrk-failover-out-'));
after(() => rmSync(root, { recursive: true, force: true }));

const RUN = 'payments-5423e0c191f5e9e9-1';
/** A folder with these files in it. */
const folderWith = (name: string, ...paths: readonly string[]): string => {
  const folder = join(root, name);
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), 'precious');
  }
  return folder;
};
const everythingIn = (folder: string): readonly string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

describe('The folder that a story is left in', () => {
  it('may be new, and is not made before the story has ended', () => {
    refuseUnfit(join(root, 'a', 'new', 'one'));
    assert.ok(!existsSync(join(root, 'a')));
  });

  it('may be that of an earlier story, whose runs are removed', () => {
    const folder = folderWith(
      'again',
      'story.json',
      'truth.json',
      'decisions.jsonl',
      'report.html',
      '.partial-of-a-process-that-died',
      `evidence/${RUN}/summary.json`,
      `evidence/${RUN}/keys.jsonl`,
    );
    refuseUnfit(folder);
    removeRuns(folder);
    assert.deepEqual(everythingIn(folder), [
      '.partial-of-a-process-that-died',
      'decisions.jsonl',
      'evidence',
      'report.html',
      'story.json',
      'truth.json',
    ]);
  });

  for (const foreign of [
    'thesis.tex',
    'evidence/photo.jpg',
    'evidence/payments-1/summary.json',
    `evidence/${RUN}/notes.txt`,
    'truth.json/x',
  ])
    it(`is refused, and left as it is, when ${foreign} lies in it`, () => {
      const folder = folderWith(`with ${foreign.replaceAll('/', ' ')}`, foreign);
      const before = everythingIn(folder);
      assert.throws(() => refuseUnfit(folder), /holds \S+, which no story has left there, so nothing is written or removed in it/);
      assert.deepEqual(everythingIn(folder), before);
    });

  it('is refused when its evidence is a link to somewhere else', () => {
    const folder = folderWith('linked', 'story.json');
    symlinkSync(folderWith('elsewhere', `${RUN}/summary.json`), join(folder, 'evidence'));
    assert.throws(() => refuseUnfit(folder), /holds evidence, which no story has left/);
  });

  it('is refused when it is a file, lies in one, or where no folder can be made', () => {
    const file = folderWith('files', 'file');
    assert.throws(() => refuseUnfit(join(file, 'file')), /is a file; expected a folder/);
    assert.throws(() => refuseUnfit(join(file, 'file', 'below')), /nothing can be written to .* \(ENOTDIR\)/);
    assert.throws(() => refuseUnfit('/proc/mrk-failover'), /nothing can be written to \/proc\/mrk-failover \(E[A-Z]+\)/);
  });
});
