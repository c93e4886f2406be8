import { z } from 'zod';
import { aliasArn } from '../keys/arn.ts';
import { wireDate } from '../keys/key-metadata.ts';
import type { Alias, Shelf } from '../keys/shelf.ts';
import { KmsRefusal } from '../refusal.ts';
import { operation, usableKey } from './operation.ts';
import { pageOf, pagingAnswer } from './page.ts';
import { aliasNameText, keyIdText, marker, pageLimit } from './parameters.ts';
import { readMoment } from './read-moment.ts';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export const createAlias = operation({
  name: 'CreateAlias',
  parameters: z.strictObject({ AliasName: aliasNameText, TargetKeyId: keyIdText }),
  run: ({ AliasName, TargetKeyId }, call) => {
    const { account, region, aliases } = call.shelf;
    const key = usableKey(call, TargetKeyId);
    if (AliasName.startsWith('alias/aws/')) throw new KmsRefusal('NotAuthorizedException', 'The prefix alias/aws/ belongs to AWS.');
    if (aliases.get(AliasName) !== undefined) {
      throw new KmsRefusal('AlreadyExistsException', `An alias with the name ${aliasArn(account, region, AliasName)} already exists`);
    }
    aliases.set(AliasName, { name: AliasName, keyId: key.key.keyId, createdAtMs: call.world.clock.now() });
    return undefined;
  },
});

const entry = ({ account, region }: Shelf, { name, keyId, createdAtMs }: Alias) => ({
  AliasName: name,
  AliasArn: aliasArn(account, region, name),
  TargetKeyId: keyId,
  CreationDate: wireDate(createdAtMs),
  LastUpdatedDate: wireDate(createdAtMs),
});

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
export const listAliases = operation({
  name: 'ListAliases',
  parameters: z.strictObject({ KeyId: keyIdText.optional(), Limit: pageLimit(100), Marker: marker }),
  run: ({ KeyId, Limit = 50, Marker }, call) => {
    const { aliases } = call.shelf;
    const keyId = KeyId === undefined ? undefined : usableKey(call, KeyId).key.keyId;
    const names = keyId === undefined ? aliases.names() : aliases.names().filter((name) => aliases.get(name)?.keyId === keyId);
    const page = pageOf(names, Limit, Marker);
    const moment = readMoment(call);
    const visible = page.names.flatMap((name) => aliases.get(name) ?? []).filter(({ createdAtMs }) => createdAtMs <= moment);
    return { Aliases: visible.map((alias) => entry(call.shelf, alias)), ...pagingAnswer(page) };
  },
});
