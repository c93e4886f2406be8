import type { AccountId, Region } from '../region.ts';

/** Something about one Region's listing that a person should know. */
export interface Remark {
  /** What it is about, in a word: the same remark on many accounts is told once. */
  readonly about: string;
  /** A sentence without its subject, which is the Region, and without its full stop. */
  readonly text: string;
}

/** A remark about this says that there was no time to list everything. */
export const OUT_OF_TIME = 'time';

/** The fleet's keys that one Region lists, each with the other fleets that select it too. */
export type FleetListing =
  | {
      readonly kind: 'listed';
      /** Whether every key of the fleet in this Region is among `keys`. */
      readonly complete: boolean;
      /** Every multi-Region key that the Region lists, selected or not, and whether these are all. */
      readonly keyIds: ReadonlySet<string>;
      readonly keyIdsComplete: boolean;
      readonly keys: ReadonlyArray<{ readonly keyId: string; readonly otherFleets: readonly string[] }>;
      readonly remarks: readonly Remark[];
    }
  | {
      readonly kind: 'unlisted';
      /** True when nobody answered, rather than somebody refused. */
      readonly isSilent: boolean;
      readonly remarks: readonly Remark[];
    };

/** What one Region listed of one account. */
export interface Listed {
  readonly account: AccountId;
  readonly region: Region;
  readonly list: FleetListing;
}
