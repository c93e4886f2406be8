import { z } from 'zod';
import { type AccountId, accountId } from '../region.ts';

const KEY_REFERENCE_PATTERN = /^(?:arn:aws:kms:[a-z]+(?:-[a-z]+)+-\d+:(\d{12}):key\/)?(mrk-[0-9a-f]{32})$/;

/** One multi-Region key as a person names it: its key ID, or the ARN of any of its replicas. */
export const keyReferenceSchema = z.string().regex(KEY_REFERENCE_PATTERN).brand('KeyReference');
export type KeyReference = z.infer<typeof keyReferenceSchema>;

/** What a reference says. The Region of an ARN is left out: the key is the same one in every Region. */
interface ReferencedKey {
  readonly keyId: string;
  /** The account an ARN names; undefined for a bare key ID, which speaks of all the fleet's accounts. */
  readonly account: AccountId | undefined;
}

/** Takes a reference apart. */
export const referencedKey = (reference: KeyReference): ReferencedKey => {
  const [, account, keyId = reference] = KEY_REFERENCE_PATTERN.exec(reference) ?? [];
  return { keyId, account: account === undefined ? undefined : accountId(account) };
};

/** True when the reference speaks of this key of this account. */
export const refersTo = (reference: KeyReference, key: { readonly account: AccountId; readonly keyId: string }): boolean => {
  const named = referencedKey(reference);
  return named.keyId === key.keyId && (named.account === undefined || named.account === key.account);
};
