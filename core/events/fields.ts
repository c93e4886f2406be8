import { z } from 'zod';
import { OPERATIONS } from '../run/operation.ts';

// Descriptions are published with the schemas; they say what a listener may rely on.

/** Epoch milliseconds, as every time of this project. */
export const time = (what: string) => z.int().nonnegative().describe(`${what}, in milliseconds since 1970`);
export const count = (what: string) => z.int().nonnegative().describe(what);
export const words = (what: string) => z.string().min(1).max(4_096).describe(what);
export const sentences = (what: string) => z.array(z.string().min(1).max(4_096)).max(50).describe(what);

export const fleet = words('the name of the fleet in the fleet file');
export const regionCode = (what: string) => z.string().min(1).max(32).describe(what);
export const runId = words('the name of the run, which is the name of its execution');
export const operation = z.enum(OPERATIONS).describe('what the run is for');
export const reasons = z
  .record(z.string(), z.int().nonnegative())
  .describe('how many keys have each reason code; codes that do not occur are absent');

/** Equal for every delivery of the same event: it may come more than once. */
export const eventId = words('names this event; a second event with the same eventId says the same thing again');

export const request = {
  fleet,
  operation,
  source: regionCode('the Region that the primaries leave'),
  target: regionCode('the Region that shall hold the primaries'),
  incident: words('the incident or request that the run is for'),
};
