/** `Unavailable` is missing because only custom key stores have it, and those hold no multi-Region keys. */
export type KeyState = 'Creating' | 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingReplicaDeletion' | 'PendingImport' | 'Updating';

/** `SINGLE` is a single-Region key, which has no role. */
export type KeyRole = 'PRIMARY' | 'REPLICA' | 'SINGLE';

/** Who is who among related keys, as one Region believes it. */
export interface Relations {
  readonly role: KeyRole;
  readonly primaryRegion: string;
  /** The Regions of every related key but the primary, sorted. */
  readonly replicaRegions: readonly string[];
}

/** When a key goes: after `windowDays`, and since a window can run only when no replica is left, perhaps at no known date yet. */
interface Deletion {
  readonly windowDays: number;
  readonly dateMs: number | undefined;
}

/** Everything one Region shows of one key, from `sinceMs` on until the next view. Never changed in place. */
export interface RegionalView extends Relations {
  readonly sinceMs: number;
  readonly state: KeyState;
  /** The relations before the promotion that is still settling; a read may still show them. */
  readonly relationsBefore: Relations | undefined;
  readonly deletion: Deletion | undefined;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policy: string;
}
