import { createHash } from 'node:crypto';

/** The ID of a decision that no signal's own identity names: equal for everybody who would decide the same. */
export const recordId = (fleetName: string, ...parts: readonly (string | number)[]): string =>
  `${fleetName}/${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
