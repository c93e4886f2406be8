import { type KMSClient, ListAliasesCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import type { KmsFailure } from '../../core/key/failure.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { AliasListing, KeyListing } from '../../core/ports/kms.ts';
import { paged } from './paged.ts';

/** The largest pages that KMS gives: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html , API_ListAliases.html */
const KEYS_PER_PAGE = 1000;
const ALIASES_PER_PAGE = 100;

/** Multi-Region keys only: their IDs begin with mrk-. https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html */
export const listKeys = async (client: KMSClient, clock: Clock, msMax: number): Promise<KeyListing | KmsFailure> => {
  const found = await paged(clock, msMax, async (Marker) => {
    const page = await client.send(new ListKeysCommand({ Limit: KEYS_PER_PAGE, Marker }));
    return { items: (page.Keys ?? []).flatMap((key) => key.KeyId ?? []), next: page.Truncated === true ? page.NextMarker : undefined };
  });
  if ('kind' in found) return found;
  return { kind: 'listed', keyIds: found.items.filter((keyId) => keyId.startsWith('mrk-')), complete: found.complete };
};

export const listAliases = async (client: KMSClient, clock: Clock, msMax: number): Promise<AliasListing | KmsFailure> => {
  const found = await paged(clock, msMax, async (Marker) => {
    const page = await client.send(new ListAliasesCommand({ Limit: ALIASES_PER_PAGE, Marker }));
    return { items: page.Aliases ?? [], next: page.Truncated === true ? page.NextMarker : undefined };
  });
  if ('kind' in found) return found;
  const aliases = new Map<string, string[]>();
  for (const { AliasName, TargetKeyId } of found.items) {
    if (AliasName !== undefined && TargetKeyId !== undefined) aliases.set(TargetKeyId, [...(aliases.get(TargetKeyId) ?? []), AliasName]);
  }
  return { kind: 'listed', aliases, complete: found.complete };
};
