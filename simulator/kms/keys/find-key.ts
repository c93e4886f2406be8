import { accessDenied, KmsRefusal, noSuchKey, notFound } from '../refusal.ts';
import { aliasArn, type KmsArn, keyArn, parseKmsArn } from './arn.ts';
import type { RegionalKey } from './kms-key.ts';
import type { Shelf } from './shelf.ts';

/** What a KeyId parameter names. */
export type KeyName =
  | { readonly kind: 'key'; readonly keyId: string }
  | { readonly kind: 'alias'; readonly aliasName: string }
  | { readonly kind: 'foreign'; readonly arn: KmsArn }
  | { readonly kind: 'malformed' };

const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12})$/;

const nameWithin = (text: string): KeyName => {
  if (text.startsWith('alias/')) return { kind: 'alias', aliasName: text };
  return KEY_ID.test(text) ? { kind: 'key', keyId: text } : { kind: 'malformed' };
};

/** Reads a key ID, key ARN, alias name or alias ARN; `foreign` is an ARN of another Region or account than the shelf's. */
export const readKeyName = (text: string, shelf: Shelf): KeyName => {
  if (!text.startsWith('arn:')) return nameWithin(text);
  const arn = parseKmsArn(text);
  if (arn === undefined) return { kind: 'malformed' };
  if (arn.region !== shelf.region || arn.account !== shelf.account) return { kind: 'foreign', arn };
  return nameWithin(arn.resource.replace(/^key\//, ''));
};

/** The key that a name means here, or undefined when there is none: for what must not fail on a bad name. */
export const peekKey = (text: string, shelf: Shelf): RegionalKey | undefined => {
  const name = readKeyName(text, shelf);
  if (name.kind === 'alias') return shelf.keys.get(shelf.aliases.get(name.aliasName)?.keyId ?? '');
  return name.kind === 'key' ? shelf.keys.get(name.keyId) : undefined;
};

/** How KMS answers the ARN of a key elsewhere. */
const foreign = (arn: KmsArn, shelf: Shelf, operation: string, text: string): KmsRefusal =>
  arn.region === shelf.region ? accessDenied(shelf.account, operation, text) : notFound(`Invalid arn ${arn.region}`);

/**
 * The key that a KeyId parameter means at this Region's endpoint.
 * @param aliases whether the operation takes alias names and alias ARNs
 * @throws InvalidArnException for an alias where none is taken, NotFoundException for what is not here, AccessDeniedException for another account's
 */
export const findKey = (text: string, shelf: Shelf, operation: string, aliases: 'aliases' | 'no aliases'): RegionalKey => {
  const name = readKeyName(text, shelf);
  switch (name.kind) {
    case 'malformed':
      throw notFound(`Invalid keyId '${text}'`);
    case 'foreign':
      throw foreign(name.arn, shelf, operation, text);
    case 'alias': {
      if (aliases === 'no aliases') throw new KmsRefusal('InvalidArnException', 'Key Aliases are not supported for this operation.');
      const key = shelf.keys.get(shelf.aliases.get(name.aliasName)?.keyId ?? '');
      if (key === undefined) throw notFound(`Alias ${aliasArn(shelf.account, shelf.region, name.aliasName)} is not found.`);
      return key;
    }
    case 'key': {
      const key = shelf.keys.get(name.keyId);
      if (key === undefined) throw noSuchKey(keyArn(shelf.account, shelf.region, name.keyId));
      return key;
    }
  }
};
