import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { FUNCTION_TIMEOUT_SECONDS, type FunctionName } from '../../../core/limits.ts';
import { type Bundle, bundle } from '../../../infra/bundle/bundle.ts';
import { ENTRY, HANDLER } from '../../../infra/bundle/entry.ts';
import { sizesOf } from '../../../infra/bundle/sizes.ts';

const START_BYTES_MAX = 500_000;
const NAMES = Object.keys(FUNCTION_TIMEOUT_SECONDS) as readonly FunctionName[];

let folder: string;
let bundles: ReadonlyMap<FunctionName, Bundle>;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'mrk-failover-bundles-'));
  bundles = new Map(await Promise.all(NAMES.map(async (name) => [name, await bundle(name, join(folder, name))] as const)));
});
after(() => rmSync(folder, { recursive: true, force: true }));

const bundleOf = (name: FunctionName): Bundle => bundles.get(name) ?? assert.fail(name);

describe('The bundle', () => {
  for (const name of NAMES)
    it(`of ${name} is under 500 kB, and names no package that it does not hold`, () => {
      const { metafile } = bundleOf(name);
      const { atStart, onDemand } = sizesOf(metafile);
      assert.ok(atStart < START_BYTES_MAX, `${atStart} bytes`);
      assert.ok(onDemand > 0);
      const statically = Object.values(metafile.outputs).flatMap(({ imports }) =>
        imports.filter(({ kind, external }) => kind === 'import-statement' && external === true),
      );
      assert.deepEqual(
        [...new Set(statically.map(({ path }) => path))].filter((path) => !path.startsWith('node:')),
        [],
      );
    });

  it('is a file with a handler, which refuses an environment that is not right', async () => {
    const { handler } = await import(pathToFileURL(join(bundleOf('report').folder, ENTRY)).href);
    assert.equal(HANDLER, 'index.handler');
    await assert.rejects(handler({ runId: 'payments-0000000000000000-1' }), { name: 'WrongSettings' });
  });
});
