import { Alias } from '../keys/alias.ts';
import { aliasArn } from '../keys/arn.ts';
import { HISTORY_MS } from '../keys/history.ts';
import { wireDate } from '../keys/key-metadata.ts';
import type { RegionalKey } from '../keys/kms-key.ts';
import { readMoment } from '../keys/read-moment.ts';
import type { Shelf } from '../keys/shelf.ts';
import { KmsRefusal, notFound, validation } from '../refusal.ts';
import type { Call } from '../world.ts';
import { operation, requireAccess, usableKey } from './operation.ts';
import { pageOf, pagingAnswer } from './page.ts';

/** https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const ALIASES_PER_KEY_MAX = 50;

/** @throws KmsRefusal for a name that nobody but AWS may give */
const requireOwnName = (aliasName: string): void => {
  if (!aliasName.startsWith('alias/')) {
    throw validation(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (aliasName.startsWith('alias/aws/')) throw new KmsRefusal('NotAuthorizedException', 'The prefix alias/aws/ belongs to AWS.');
  if (!/^alias\/[a-zA-Z0-9/_-]+$/.test(aliasName)) {
    throw new KmsRefusal(
      'InvalidAliasNameException',
      'After alias/, the name of an alias holds letters, digits, /, _ and -, and at least one of them.',
    );
  }
};

const requireRoomFor = ({ aliases }: Shelf, { key: { keyId }, arn }: RegionalKey): void => {
  const taken = [...aliases.values()].filter((alias) => alias.keyId === keyId).length;
  if (taken >= ALIASES_PER_KEY_MAX) throw new KmsRefusal('LimitExceededException', `${arn} has ${ALIASES_PER_KEY_MAX} aliases already.`);
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const createAlias = operation({
  name: 'CreateAlias',
  run: ({ AliasName, TargetKeyId }, call) => {
    const { account, region, aliases } = call.shelf;
    requireOwnName(AliasName);
    const key = usableKey(call, TargetKeyId);
    if (aliases.get(AliasName)?.keyId !== undefined) {
      throw new KmsRefusal('AlreadyExistsException', `An alias with the name ${aliasArn(account, region, AliasName)} already exists`);
    }
    requireRoomFor(call.shelf, key);
    aliases.set(AliasName, new Alias(AliasName, key.key.keyId, call.world.clock.now()));
    return undefined;
  },
});

/** The alias and the key that it names now. @throws KmsRefusal (NotFoundException) */
const existing = ({ shelf: { account, region, aliases, keys } }: Call, aliasName: string) => {
  const alias = aliases.get(aliasName);
  const key = keys.get(alias?.keyId ?? '');
  if (alias === undefined || key === undefined) throw notFound(`Alias ${aliasArn(account, region, aliasName)} is not found.`);
  return { alias, key };
};

/** Aliases move between keys of one kind only, so that what uses the alias goes on working. */
const requireSameKind = ({ key: before }: RegionalKey, { key: after, arn }: RegionalKey): void => {
  const kindOf = ({ keySpec }: typeof before) => keySpec.replace(/_.*/, '');
  if (before.keyUsage !== after.keyUsage || kindOf(before) !== kindOf(after)) {
    throw validation(`${arn} is not of the type and usage of the key that the alias names now: ${before.keySpec}, ${before.keyUsage}.`);
  }
};

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html */
export const updateAlias = operation({
  name: 'UpdateAlias',
  run: ({ AliasName, TargetKeyId }, call) => {
    requireOwnName(AliasName);
    const { alias, key: before } = existing(call, AliasName);
    requireAccess(call, before);
    const after = usableKey(call, TargetKeyId);
    if (before === after) return undefined;
    requireSameKind(before, after);
    requireRoomFor(call.shelf, after);
    alias.pointAt(after.key.keyId, call.world.clock.now());
    return undefined;
  },
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html */
export const deleteAlias = operation({
  name: 'DeleteAlias',
  run: ({ AliasName }, call) => {
    requireOwnName(AliasName);
    const { alias, key } = existing(call, AliasName);
    requireAccess(call, key);
    const { clock } = call.world;
    const { aliases } = call.shelf;
    alias.pointAt(undefined, clock.now());
    clock.after(HISTORY_MS, () => {
      if (aliases.get(AliasName) === alias) aliases.delete(AliasName);
    });
    return undefined;
  },
});

const entry = ({ account, region }: Shelf, { name, createdAtMs, changedAtMs }: Alias, keyId: string) => ({
  AliasName: name,
  AliasArn: aliasArn(account, region, name),
  TargetKeyId: keyId,
  CreationDate: wireDate(createdAtMs),
  LastUpdatedDate: wireDate(changedAtMs),
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
export const listAliases = operation({
  name: 'ListAliases',
  run: ({ KeyId, Limit = 50, Marker }, call) => {
    const { aliases } = call.shelf;
    const wanted = KeyId === undefined ? undefined : usableKey(call, KeyId).key.keyId;
    const moment = readMoment(call);
    const seen = (name: string) => {
      const alias = aliases.get(name);
      const keyId = alias?.keyIdAt(moment);
      const isWanted = keyId !== undefined && (wanted === undefined || keyId === wanted);
      return alias !== undefined && isWanted ? [entry(call.shelf, alias, keyId)] : [];
    };
    const names = wanted === undefined ? aliases.names() : aliases.names().filter((name) => seen(name).length > 0);
    const page = pageOf(names, Limit, Marker);
    return { Aliases: page.names.flatMap(seen), ...pagingAnswer(page) };
  },
});
