// Writes fleets.schema.json, from which editors complete and check fleets.yaml. With --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fleetFileJsonSchema } from '../core/fleet/json-schema.ts';

const schemaFile = fileURLToPath(new URL('../fleets.schema.json', import.meta.url));
const wanted = `${JSON.stringify(fleetFileJsonSchema(), null, 2)}\n`;

if (!process.argv.includes('--check')) {
  writeFileSync(schemaFile, wanted);
} else if (readFileSync(schemaFile, 'utf8') !== wanted) {
  console.error(
    'fleets.schema.json does not say what core/fleet/schema.ts says; run `node scripts/write-fleet-schema.ts` and commit the result.',
  );
  process.exitCode = 1;
}
