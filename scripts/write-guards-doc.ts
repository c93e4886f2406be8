// Writes docs/guards.md, the table of guards and rules; with --check it only compares.
// Another file may be named: node scripts/write-guards-doc.ts [--check] [file]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { guardsDocument } from './guards-document.ts';

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean', default: false } }, allowPositionals: true });
const [file = fileURLToPath(new URL('../docs/guards.md', import.meta.url))] = positionals;
const wanted = guardsDocument();

if (!values.check) {
  writeFileSync(file, wanted);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
  console.error(`${file} does not say what core/decision says; run \`node scripts/write-guards-doc.ts\` and commit the result.`);
  process.exitCode = 1;
}
