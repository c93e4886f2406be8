// Writes docs/events/*.schema.json, the published schemas of the lifecycle events; with --check it only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { eventJsonSchema, LIFECYCLE_EVENT_TYPES, schemaFileOf } from '../core/events/json-schema.ts';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const folder = fileURLToPath(new URL('../docs/events', import.meta.url));

for (const type of LIFECYCLE_EVENT_TYPES) {
  const file = join(folder, schemaFileOf(type));
  const wanted = `${JSON.stringify(eventJsonSchema(type), null, 2)}\n`;
  if (!values.check) {
    writeFileSync(file, wanted);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== wanted) {
    console.error(`${file} does not say what core/events says; run \`node scripts/write-event-schemas.ts\` and commit the result.`);
    process.exitCode = 1;
  }
}
