import type { KeyRef } from '../key/key.ts';
import type { Region } from '../region.ts';

/** A key of a fleet as the plan found it. */
export interface FoundKey extends KeyRef {
  /** Regions whose listing showed it; empty when only the stored inventory knows it. */
  readonly listedIn: readonly Region[];
  readonly otherFleets: readonly string[];
}

/** What is kept of a fleet's keys between runs, so that a key without a replica is known while its Region is dark. */
export interface Inventory {
  readonly at: number;
  readonly keys: readonly KeyRef[];
}

/** Where a Region's listing and the rest disagree about a key, in a note; undefined when all Regions that answered listed it. */
export const driftNote = (key: FoundKey, answered: readonly Region[]): string | undefined => {
  const absent = answered.filter((region) => !key.listedIn.includes(region));
  if (absent.length === 0) return undefined;
  return `SELECTOR_DRIFT: the fleet's selector does not find the key in ${absent.join(', ')}`;
};
