import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { inProject, keepFiles } from '../../scripts/kept-files.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-files-'));
});
after(() => rmSync(folder, { recursive: true }));

const keep = (path: string, ...args: readonly string[]) => keepFiles([{ path, wanted: '# New\n' }], 'core/x.ts', 'write-x.ts', args);

describe('A file that follows from the code', () => {
  it('fails the check with a sentence when it is out of date, and is left as it is until it is written', () => {
    const path = join(folder, 'old.md');
    writeFileSync(path, '# Old\n');

    assert.deepEqual(keep(path, '--check'), [
      `${path} does not say what core/x.ts says; run \`node scripts/write-x.ts\` and commit the result.`,
    ]);
    assert.equal(readFileSync(path, 'utf8'), '# Old\n');
    assert.deepEqual(keep(path), []);
    assert.equal(readFileSync(path, 'utf8'), '# New\n');
    assert.deepEqual(keep(path, '--check'), []);
  });

  it('fails the check when there is none', () => assert.equal(keep(join(folder, 'none.md'), '--check').length, 1));

  it('fails the script that was asked to check it', () => {
    const script = join(folder, 'script.mjs');
    const keptFiles = pathToFileURL(inProject('scripts/kept-files.ts')).href;
    writeFileSync(script, `import { keepAsAsked } from '${keptFiles}'; keepAsAsked([{ path: 'none.md', wanted: '' }], 'core', 'x.ts');`);
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' });

    assert.deepEqual([status, stderr], [1, 'none.md does not say what core says; run `node scripts/x.ts` and commit the result.\n']);
  });
});
