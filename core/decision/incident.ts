import type { Region } from '../region.ts';

/** An incident that was reported and neither closed nor went stale: no place to move keys to. */
export interface OpenIncident {
  /** The incident as a request names it. */
  readonly incident: string;
  /** The Region in trouble. */
  readonly region: Region;
}
