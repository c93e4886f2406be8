import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseFleetFile } from '../../../core/fleet/parse.ts';
import type { Fleet } from '../../../core/fleet/schema.ts';

export const FLEETS_TEXT = readFileSync(new URL('../../../fleets.yaml', import.meta.url), 'utf8');

/** The fleets of a text that must be right; without the simulator, which the stacks have nothing to do with. */
export const fleetsOf = (text: string): ReadonlyMap<string, Fleet> => {
  const parsed = parseFleetFile(text, 'fleets.yaml');
  return parsed.kind === 'fleets' ? parsed.fleets : assert.fail(JSON.stringify(parsed));
};
