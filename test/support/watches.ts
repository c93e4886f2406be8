import type { FleetWatch, Watch } from '../../core/coordination/watch.ts';
import { SOURCE } from './keys.ts';

/** When the incidents of `watchOn` were heard of. */
export const HEARD_AT = 10_000_000;

/** An incident in the source that goes on, with what is different in `changes`. */
export const watchOn = (incident: string, changes: Partial<Watch> = {}): Watch => ({
  incident,
  region: SOURCE,
  origin: incident,
  heardAt: HEARD_AT,
  changes: 0,
  ...changes,
});

export const heardOf = (...watches: readonly Watch[]): FleetWatch => ({ watches });
