// Writes docs/events/*.schema.json, the published schemas of the lifecycle events; with --check it only compares.
import { eventJsonSchema, LIFECYCLE_EVENT_TYPES, schemaFileOf } from '../core/events/json-schema.ts';
import { inProject, keepAsAsked } from './kept-files.ts';

const files = LIFECYCLE_EVENT_TYPES.map((type) => ({
  path: inProject(`docs/events/${schemaFileOf(type)}`),
  wanted: `${JSON.stringify(eventJsonSchema(type), null, 2)}\n`,
}));
keepAsAsked(files, 'core/events', 'write-event-schemas.ts');
