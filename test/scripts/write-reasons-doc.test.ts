import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { REASONS } from '../../core/outcome/reasons.ts';

const script = fileURLToPath(new URL('../../scripts/write-reasons-doc.ts', import.meta.url));
const document = fileURLToPath(new URL('../../docs/reasons.md', import.meta.url));

const run = (...args: readonly string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stderr };
};

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'reasons-'));
});
after(() => rmSync(folder, { recursive: true }));

describe('docs/reasons.md', () => {
  it('has every reason code below the outcome that it belongs to', () => {
    const sections = new Map(
      readFileSync(document, 'utf8')
        .split('\n## ')
        .map((section) => [section.split('\n')[0], section] as const),
    );

    for (const [code, { outcome, meaning }] of Object.entries(REASONS)) {
      const rows = (sections.get(outcome) ?? '').split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
      assert.deepEqual(
        rows.filter((cells) => cells[1] === `\`${code}\``),
        [['', `\`${code}\``, meaning, '']],
      );
    }
  });

  it('passes the check of its script', () => {
    assert.deepEqual(run('--check'), { status: 0, stderr: '' });
  });

  it('fails the check with a sentence when it is out of date, and is left as it is', () => {
    const old = join(folder, 'old.md');
    writeFileSync(old, '# Reasons\n');

    assert.deepEqual(run('--check', old), {
      status: 1,
      stderr: `${old} does not say what core/outcome/reasons.ts says; run \`node scripts/write-reasons-doc.ts\` and commit the result.\n`,
    });
    assert.equal(readFileSync(old, 'utf8'), '# Reasons\n');
  });

  it('is written so that the check passes', () => {
    const written = join(folder, 'written.md');

    assert.deepEqual(run(written), { status: 0, stderr: '' });
    assert.deepEqual(run('--check', written), { status: 0, stderr: '' });
  });
});
