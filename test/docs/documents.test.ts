import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { EXIT } from '../../cli/exit-code.ts';
import { FAULT_CATALOG } from '../../simulator/faults/catalog.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(read('package.json'));
const documents = globSync(['*.md', 'docs/**/*.md', 'simulator/*.md'], { cwd: root });
const found = (path: string, pattern: RegExp): readonly string[] => [...read(path).matchAll(pattern)].map(([, text = '']) => text);

describe('The documents', () => {
  it('are all looked at', () => {
    for (const path of ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'simulator/README.md'])
      assert.ok(documents.includes(path), path);
  });

  for (const path of documents) {
    it(`link to files that exist: ${path}`, () => {
      const links = found(path, /\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)/g);

      assert.deepEqual(
        links.filter((link) => !existsSync(join(root, dirname(path), link))),
        [],
      );
    });

    it(`name scripts that exist: ${path}`, () => {
      const npmScripts = found(path, /npm run (?:--?\w+ )?([\w:-]+)/g);
      const files = found(path, /(?<![\w/])((?:scripts|core|functions|aws|simulator|statemachine|cli|test)\/[\w./-]+\.(?:ts|json))/g);

      assert.deepEqual(
        npmScripts.filter((name) => !Object.hasOwn(manifest.scripts, name)),
        [],
      );
      assert.deepEqual(
        files.filter((file) => !existsSync(join(root, file))),
        [],
      );
    });
  }

  it('tell every fault in the words of its catalog', () => {
    const rows = read('README.md').split('\n');

    for (const [name, { sentence }] of Object.entries(FAULT_CATALOG)) {
      const row = rows.find((line) => line.startsWith(`| \`${name}\``) || line.startsWith(`| \`${name}=`));
      assert.ok(row?.includes(`| ${sentence} `), `Expected a row of the README about ${name} that says: ${sentence}.`);
    }
  });

  it('show what decide says of the example’s signals, to the letter', () => {
    const [block = ''] = found('README.md', /^\$ (node_modules\/\.bin\/node cli\/main\.ts decide [^`]+)^```/gm);
    const [command = '', ...output] = block.split('\n');
    const words = command.split(' ').slice(1);
    const { stdout } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } });
    assert.equal(output.join('\n'), stdout);
  });

  it('tell every exit code', () => {
    assert.deepEqual(found('README.md', /^\| (\d) +\|/gm).map(Number), Object.values(EXIT));
  });
});
