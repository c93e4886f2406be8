// Writes docs/reasons.md, the table of outcomes and reason codes; with --check it only compares.
// Another file may be named: node scripts/write-reasons-doc.ts [--check] [file]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reasonsDocument } from './reasons-document.ts';

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean', default: false } }, allowPositionals: true });
const [file = fileURLToPath(new URL('../docs/reasons.md', import.meta.url))] = positionals;
const wanted = reasonsDocument();

if (!values.check) {
  writeFileSync(file, wanted);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
  console.error(`${file} does not say what core/outcome/reasons.ts says; run \`node scripts/write-reasons-doc.ts\` and commit the result.`);
  process.exitCode = 1;
}
