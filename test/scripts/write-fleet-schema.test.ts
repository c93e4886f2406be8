import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { it } from 'node:test';
import { fleetFileJsonSchema } from '../../core/fleet/json-schema.ts';
import { inProject } from '../../scripts/kept-files.ts';

it('fleets.schema.json says what the code says', () => {
  assert.equal(readFileSync(inProject('fleets.schema.json'), 'utf8'), `${JSON.stringify(fleetFileJsonSchema(), null, 2)}\n`);
});
