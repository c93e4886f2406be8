// Writes fleets.schema.json, from which editors complete and check fleets.yaml; with --check it only compares.
// Another file may be named: node scripts/write-fleet-schema.ts [--check] [file]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fleetFileJsonSchema } from '../core/fleet/json-schema.ts';

const { values, positionals } = parseArgs({ options: { check: { type: 'boolean', default: false } }, allowPositionals: true });
const [file = fileURLToPath(new URL('../fleets.schema.json', import.meta.url))] = positionals;
const wanted = `${JSON.stringify(fleetFileJsonSchema(), null, 2)}\n`;

if (!values.check) {
  writeFileSync(file, wanted);
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
  console.error(`${file} does not say what core/fleet/schema.ts says; run \`node scripts/write-fleet-schema.ts\` and commit the result.`);
  process.exitCode = 1;
}
