import type { AccountId, Region } from '../region.ts';

/** One multi-Region key: the same key ID in every Region that holds it. */
export interface KeyRef {
  readonly account: AccountId;
  /** `mrk-` and 32 hexadecimal digits. */
  readonly keyId: string;
}

/** What a key is looked up by, and told by: no two keys of an installation share it. */
export const keyName = ({ account, keyId }: Readonly<Record<keyof KeyRef, string>>): string => `${account}/${keyId}`;

/** A key as it is in one Region. */
export interface KeyAt extends KeyRef {
  readonly region: Region;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
export type KeyState =
  | 'Creating'
  | 'Disabled'
  | 'Enabled'
  | 'PendingDeletion'
  | 'PendingImport'
  | 'PendingReplicaDeletion'
  | 'Unavailable'
  | 'Updating';

export type KeyUsage = 'ENCRYPT_DECRYPT' | 'SIGN_VERIFY' | 'GENERATE_VERIFY_MAC' | 'KEY_AGREEMENT' | 'ENCAPSULATE_DECAPSULATE';

/** What DescribeKey said of a key in one Region. KeyState counts, never `Enabled`: that reads false while a key is Updating. */
export interface KeyView {
  readonly kind: 'seen';
  readonly region: Region;
  readonly state: KeyState;
  readonly usage: KeyUsage;
  readonly spec: string;
  readonly multiRegion: boolean;
  /** Absent for single-Region keys. */
  readonly role?: 'PRIMARY' | 'REPLICA';
  /** Where this Region believes the primary to be; absent for single-Region keys. */
  readonly primaryRegion?: Region;
  /** Every Region of the key, as this Region believes, primary first. */
  readonly regions: readonly Region[];
  /** Signing or MAC algorithms that the key offers; empty for others. */
  readonly algorithms: readonly string[];
  /** When imported key material expires in this Region, the first of it, in epoch milliseconds; absent where none does. */
  readonly materialExpiresAt?: number;
}

/** What kind of key it is: by this it is known how to use it. */
export type Nature = Pick<KeyView, 'usage' | 'spec' | 'algorithms'>;
