import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AFTERCARE_RULES } from '../../core/decision/aftercare.ts';
import { GUARDS } from '../../core/decision/guards/guards.ts';
import { RULES, type Rule } from '../../core/decision/rules.ts';

const script = fileURLToPath(new URL('../../scripts/write-guards-doc.ts', import.meta.url));
const document = fileURLToPath(new URL('../../docs/guards.md', import.meta.url));

const run = (...args: readonly string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stderr };
};

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'guards-'));
});
after(() => rmSync(folder, { recursive: true }));

describe('docs/guards.md', () => {
  it('has every guard with its question, and every rule once with what is so and the decision that comes of it', () => {
    const rows = readFileSync(document, 'utf8')
      .split('\n')
      .map((line) => line.split(' | ').map((cell) => cell.replaceAll('|', '').trim()));

    for (const { name, asks } of GUARDS)
      assert.equal(rows.filter(([first, second]) => first === `\`${name}\`` && second === asks).length, 1);
    for (const [code, { decision, means }] of Object.entries<Rule>({ ...RULES, ...AFTERCARE_RULES })) {
      const found = rows.filter(([first]) => first === `\`${code}\``);
      assert.equal(found.length, 1, code);
      assert.ok(found[0]?.includes(means) && found[0]?.includes(`\`${decision}\``), code);
    }
  });

  it('passes the check of its script', () => {
    assert.deepEqual(run('--check'), { status: 0, stderr: '' });
  });

  it('fails the check with a sentence when it is out of date, and is left as it is until it is written', () => {
    const old = join(folder, 'old.md');
    writeFileSync(old, '# Guards\n');

    assert.deepEqual(run('--check', old), {
      status: 1,
      stderr: `${old} does not say what core/decision says; run \`node scripts/write-guards-doc.ts\` and commit the result.\n`,
    });
    assert.equal(readFileSync(old, 'utf8'), '# Guards\n');
    assert.deepEqual(run(old), { status: 0, stderr: '' });
    assert.equal(readFileSync(old, 'utf8'), readFileSync(document, 'utf8'));
  });
});
