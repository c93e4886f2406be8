import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { eventJsonSchema, LIFECYCLE_EVENT_TYPES, schemaFileOf } from '../../../core/events/json-schema.ts';

describe('the published schemas of the lifecycle events', () => {
  for (const type of LIFECYCLE_EVENT_TYPES) {
    it(`says of "${type}" what the code says`, () => {
      const published = readFileSync(new URL(`../../../docs/events/${schemaFileOf(type)}`, import.meta.url), 'utf8');
      assert.deepEqual(JSON.parse(published), eventJsonSchema(type));
    });
  }
});
