import type { Fleet } from '../../core/fleet/schema.ts';

/** The fleet that something is decided about. */
export interface Subject {
  readonly name: string;
  readonly fleet: Fleet;
  /** Every fleet of the file, by name: a key that two of them select is told. */
  readonly fleets: ReadonlyMap<string, Fleet>;
}
