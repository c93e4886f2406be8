import { CROSS_ACCOUNT_OPERATIONS } from '../authorization/cross-account.ts';
import { hidden, KmsRefusal, noSuchKey, notFound } from '../refusal.ts';
import type { Call } from '../world.ts';
import { aliasArn, type KmsArn, keyArn, parseKmsArn } from './arn.ts';
import type { RegionalKey } from './kms-key.ts';
import { knowsOf, readMoment } from './read-moment.ts';
import type { Shelf } from './shelf.ts';

/** What a KeyId parameter names. */
type KeyName =
  | { readonly kind: 'key'; readonly keyId: string }
  | { readonly kind: 'alias'; readonly aliasName: string }
  | { readonly kind: 'foreign'; readonly arn: KmsArn }
  | { readonly kind: 'malformed' };

/** Whether an operation takes alias names and alias ARNs. */
export type AliasesTaken = 'aliases' | 'no aliases';

const KEY_ID = /^(mrk-[0-9a-f]{32}|[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12})$/;

const nameWithin = (text: string): KeyName => {
  if (text.startsWith('alias/')) return { kind: 'alias', aliasName: text };
  return KEY_ID.test(text) ? { kind: 'key', keyId: text } : { kind: 'malformed' };
};

const withoutPrefix = ({ resource }: KmsArn): string => resource.replace(/^key\//, '');

/** Reads a key ID, key ARN, alias name or alias ARN; `foreign` is an ARN of another Region or account than the shelf's. */
export const readKeyName = (text: string, shelf: Shelf): KeyName => {
  if (!text.startsWith('arn:')) return nameWithin(text);
  const arn = parseKmsArn(text);
  if (arn === undefined) return { kind: 'malformed' };
  if (arn.region !== shelf.region || arn.account !== shelf.account) return { kind: 'foreign', arn };
  return nameWithin(withoutPrefix(arn));
};

/** The key that a name means here, or undefined when there is none: for what must not fail on a bad name. */
export const peekKey = (text: string, shelf: Shelf): RegionalKey | undefined => {
  const name = readKeyName(text, shelf);
  if (name.kind === 'alias') return shelf.keys.get(shelf.aliases.get(name.aliasName)?.keyId ?? '');
  return name.kind === 'key' ? shelf.keys.get(name.keyId) : undefined;
};

const noAliases = (): KmsRefusal => new KmsRefusal('InvalidArnException', 'Key Aliases are not supported for this operation.');

/** The key that an alias means to this call, which may not know yet where it points now. */
const keyBehind = (call: Call, shelf: Shelf, aliasName: string): RegionalKey | undefined => {
  const alias = shelf.aliases.get(aliasName);
  if (alias === undefined) return undefined;
  const keyId = knowsOf(call, alias.changedAtMs) ? alias.keyId : alias.keyIdAt(readMoment(call));
  return keyId === undefined ? undefined : shelf.keys.get(keyId);
};

const onShelf = (call: Call, shelf: Shelf, name: KeyName, aliases: AliasesTaken): RegionalKey | undefined => {
  if (name.kind === 'alias' && aliases === 'no aliases') throw noAliases();
  const key = name.kind === 'key' ? shelf.keys.get(name.keyId) : name.kind === 'alias' ? keyBehind(call, shelf, name.aliasName) : undefined;
  return key !== undefined && knowsOf(call, key.createdAtMs) ? key : undefined;
};

/** A key elsewhere: one of another account, where the operation takes such keys and there is one; otherwise nothing. */
const abroad = (call: Call, arn: KmsArn, aliases: AliasesTaken): RegionalKey => {
  const { caller, operation, region, world } = call;
  if (arn.region !== region) throw notFound(`Invalid arn ${arn.region}`);
  const shelf = CROSS_ACCOUNT_OPERATIONS.has(operation) ? world.ring.findShelf(arn.account, region) : undefined;
  const key = shelf && onShelf(call, shelf, nameWithin(withoutPrefix(arn)), aliases);
  if (key === undefined) throw hidden(caller.arn, operation);
  return key;
};

/**
 * The key that a KeyId parameter means at this Region's endpoint. It may be another account's: whether the caller may use it is asked elsewhere.
 * @throws InvalidArnException for an alias where none is taken, NotFoundException for what is not here or not yet known here,
 * AccessDeniedException for what is not in the other account either
 */
export const findKey = (call: Call, text: string, aliases: AliasesTaken): RegionalKey => {
  const { shelf } = call;
  const { account, region } = shelf;
  const name = readKeyName(text, shelf);
  if (name.kind === 'malformed') throw notFound(`Invalid keyId '${text}'`);
  if (name.kind === 'foreign') return abroad(call, name.arn, aliases);
  const key = onShelf(call, shelf, name, aliases);
  if (key !== undefined) return key;
  throw name.kind === 'alias'
    ? notFound(`Alias ${aliasArn(account, region, name.aliasName)} is not found.`)
    : noSuchKey(keyArn(account, region, name.keyId));
};
