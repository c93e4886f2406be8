// Writes fleets.schema.json, from which editors complete and check fleets.yaml; with --check it only compares.
import { fleetFileJsonSchema } from '../core/fleet/json-schema.ts';
import { inProject, keepAsAsked } from './kept-files.ts';

const wanted = `${JSON.stringify(fleetFileJsonSchema(), null, 2)}\n`;
keepAsAsked([{ path: inProject('fleets.schema.json'), wanted }], 'core/fleet/schema.ts', 'write-fleet-schema.ts');
