import { createHash } from 'node:crypto';
import type { Fleet } from './schema.ts';

/**
 * What decides which keys are a fleet's and which are another's as well, as a short text: it changes whenever the fleet file says
 * otherwise about the fleet's keys, accounts or Regions, or about those of a fleet with an account of its own.
 */
export const selectionOf = (fleets: ReadonlyMap<string, Fleet>, fleetName: string): string | undefined => {
  const fleet = fleets.get(fleetName);
  if (fleet === undefined) return undefined;
  const accounts = new Set(fleet.accounts);
  const rivals = [...fleets]
    .filter(([name, other]) => name !== fleetName && other.accounts.some((account) => accounts.has(account)))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, other]) => [name, other.accounts, other.keys]);
  const text = JSON.stringify([fleet.accounts, fleet.keys, fleet.home, fleet.standbys, rivals]);
  return createHash('sha256').update(text).digest('hex').slice(0, DIGITS);
};

/** Enough to tell two versions of a file apart. */
const DIGITS = 16;
