import type { KmsFailure } from '../key/failure.ts';
import type { AccountId, Region } from '../region.ts';

/** The tags of one key. */
export type Tags = Readonly<Record<string, string>>;

/** The keys that carry some tags, as an index of tags has them; the index may be some minutes behind KMS. */
interface TaggedKeys {
  readonly kind: 'tagged';
  /** Every tag of each multi-Region key that carries the tags asked for, by key ID. */
  readonly tags: ReadonlyMap<string, Tags>;
  readonly complete: boolean;
  /** Why there may be more; absent when these are all, and when the time ran out. */
  readonly cutShortBy?: KmsFailure;
}

/** What knows the tags of all keys of a Region together: KMS itself tells those of one key at a time. Every method answers with a value; only bugs throw. */
export interface Tagging {
  /** Multi-Region keys of the account in one Region that carry all of these tags, for as long as `msMax` lasts. */
  keysTagged(account: AccountId, region: Region, tags: Tags, msMax: number): Promise<TaggedKeys | KmsFailure>;
}
