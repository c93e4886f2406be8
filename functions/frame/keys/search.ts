import type { Fleet } from '../../../core/fleet/schema.ts';
import type { KeyRef } from '../../../core/key/key.ts';
import type { Tagging } from '../../../core/ports/tagging.ts';
import type { Region } from '../../../core/region.ts';

/** Which fleet's keys are looked for, and where. */
export interface Search {
  readonly fleetName: string;
  readonly fleet: Fleet;
  /** Every fleet of the file: a key that two of them select is told. */
  readonly fleets: ReadonlyMap<string, Fleet>;
  readonly regions: readonly Region[];
  /** For how long listings are begun and gone on with; 45 s unless given. The last answers come some seconds later. */
  readonly msMax?: number;
  /**
   * Asked as soon as one Region has listed keys: which of the others answer nobody, and are not waited for. Without it each is waited
   * for as long as there is time.
   */
  readonly silentIn?: (keys: readonly KeyRef[]) => Promise<ReadonlySet<Region>>;
  /**
   * The index of tags, for who may ask it; all others, runs and decisions among them, have KMS tell the tags of each key: when a
   * Region is in trouble, nothing but KMS is asked for there.
   */
  readonly index?: Tagging;
}
