import { z } from 'zod';
import { fleetFileSchema } from './schema.ts';

/**
 * The JSON Schema of the fleet file, for editors: what a person may write, so fields with a default are optional in it.
 * Draft 7, because that is what the YAML language servers of the common editors know best.
 */
export const fleetFileJsonSchema = (): Readonly<Record<string, unknown>> => {
  return { ...z.toJSONSchema(fleetFileSchema, { io: 'input', target: 'draft-7' }), title: 'The fleets of mrk-failover' };
};
