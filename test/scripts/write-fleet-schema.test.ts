import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fleetFileJsonSchema } from '../../core/fleet/json-schema.ts';

const script = fileURLToPath(new URL('../../scripts/write-fleet-schema.ts', import.meta.url));
const schemaFile = fileURLToPath(new URL('../../fleets.schema.json', import.meta.url));

const run = (...args: readonly string[]) => {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stderr };
};

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'fleet-schema-'));
});
after(() => rmSync(folder, { recursive: true }));

describe('fleets.schema.json', () => {
  it('says what the code says', () => {
    assert.deepEqual(JSON.parse(readFileSync(schemaFile, 'utf8')), JSON.parse(JSON.stringify(fleetFileJsonSchema())));
  });

  it('passes the check of its script', () => {
    assert.deepEqual(run('--check'), { status: 0, stderr: '' });
  });

  it('fails the check with a sentence when it is out of date, and is left as it is', () => {
    const old = join(folder, 'old.json');
    writeFileSync(old, '{}\n');

    assert.deepEqual(run('--check', old), {
      status: 1,
      stderr: `${old} does not say what core/fleet/schema.ts says; run \`node scripts/write-fleet-schema.ts\` and commit the result.\n`,
    });
    assert.equal(readFileSync(old, 'utf8'), '{}\n');
  });

  it('fails the check when there is none', () => {
    assert.equal(run('--check', join(folder, 'none.json')).status, 1);
  });

  it('is written so that the check passes', () => {
    const written = join(folder, 'written.json');

    assert.deepEqual(run(written), { status: 0, stderr: '' });
    assert.deepEqual(run('--check', written), { status: 0, stderr: '' });
  });
});
