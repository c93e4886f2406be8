import type { KmsFailure } from '../key/failure.ts';
import type { KeyAt, KeyView, Nature } from '../key/key.ts';
import type { AccountId, Region } from '../region.ts';

export interface Accepted {
  readonly kind: 'accepted';
  readonly requestId: string;
}

/** What one Region lists of an account's keys; `complete` is false when the time for it ran out first. */
export interface KeyListing {
  readonly kind: 'listed';
  readonly keyIds: readonly string[];
  readonly complete: boolean;
}

export interface AliasListing {
  readonly kind: 'listed';
  /** Alias names by key ID; keys without an alias are absent. */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly complete: boolean;
}

/** KMS as a failover needs it. Every method answers with a value; only bugs throw. */
export interface Kms {
  describe(key: KeyAt): Promise<KeyView | KmsFailure>;
  /** Describes once, to learn how KMS is doing: a second attempt would hide every other failure. */
  probe(key: KeyAt): Promise<KeyView | KmsFailure>;
  /** Sends UpdatePrimaryRegion once, to the Region of `key`, which must be the primary's. A timeout does not mean that nothing happened. */
  promote(key: KeyAt, target: Region): Promise<Accepted | KmsFailure>;
  /** Encrypts under the proof context and answers with base64. */
  encrypt(key: KeyAt, plaintext: string): Promise<{ readonly kind: 'ciphertext'; readonly ciphertext: string } | KmsFailure>;
  /** Decrypts base64 under the proof context. */
  decrypt(key: KeyAt, ciphertext: string): Promise<{ readonly kind: 'plaintext'; readonly plaintext: string } | KmsFailure>;
  /** SHA-256 of the public key, in hexadecimal digits. */
  publicKeyDigest(key: KeyAt): Promise<{ readonly kind: 'digest'; readonly digest: string } | KmsFailure>;
  /** Asks by DryRun whether the key would sign, encrypt or make a MAC here, without doing it. */
  rehearse(key: KeyAt, nature: Nature): Promise<{ readonly kind: 'allowed' } | KmsFailure>;
  /** Signs, or makes a MAC, and has KMS check the result in the same Region. */
  signAndVerify(key: KeyAt, nature: Nature): Promise<{ readonly kind: 'valid' } | KmsFailure>;
  /** Whether an on-demand rotation is under way. */
  rotation(key: KeyAt): Promise<{ readonly kind: 'rotation'; readonly running: boolean } | KmsFailure>;
  /** Multi-Region keys of the account in one Region, for as long as `msMax` lasts. */
  listKeys(account: AccountId, region: Region, msMax: number): Promise<KeyListing | KmsFailure>;
  listAliases(account: AccountId, region: Region, msMax: number): Promise<AliasListing | KmsFailure>;
  tags(key: KeyAt): Promise<{ readonly kind: 'tags'; readonly tags: Readonly<Record<string, string>> } | KmsFailure>;
}
