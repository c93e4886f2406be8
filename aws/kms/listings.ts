import { type KMSClient, ListAliasesCommand, ListKeysCommand } from '@aws-sdk/client-kms';
import type { FailureCode, KmsFailure } from '../../core/key/failure.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { AliasListing, KeyListing } from '../../core/ports/kms.ts';
import { answered } from './answer.ts';

/** The largest pages that KMS gives: https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html , API_ListAliases.html */
const KEYS_PER_PAGE = 1000;
const ALIASES_PER_PAGE = 100;

/** An account has at most 100,000 keys a Region, so this is beyond any listing: https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html */
const PAGES_MAX = 10_000;

/** How often a page is asked for in all, beside the client's own second attempt, while there is time. */
const TRIES_A_PAGE_MAX = 3;

/** Failures after which the same page may come. */
const PASSING: ReadonlySet<FailureCode> = new Set(['unreachable', 'internal', 'throttled']);

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | undefined;
}

/** Pages on until the end, a failure that stays, or the time is up. A failure of the first page is the answer; a later one cuts the listing short. */
const paged = async <T>(
  clock: Clock,
  msMax: number,
  page: (marker: string | undefined) => Promise<Page<T>>,
): Promise<{ readonly items: readonly T[]; readonly complete: boolean } | KmsFailure> => {
  const until = clock.now() + msMax;
  const items: T[] = [];
  let marker: string | undefined;
  for (let pages = 0; pages < PAGES_MAX && (pages === 0 || clock.now() < until); pages += 1) {
    const reply = await patiently(clock, until, () => answered(page(marker)));
    if ('kind' in reply) return pages === 0 ? reply : { items, complete: false };
    items.push(...reply.items);
    marker = reply.next;
    if (marker === undefined) return { items, complete: true };
  }
  return { items, complete: false };
};

/** Asks until there is an answer or a final no, three times at most and no longer than until the time is up. */
const patiently = async <T extends object>(clock: Clock, until: number, ask: () => Promise<T | KmsFailure>): Promise<T | KmsFailure> => {
  let reply = await ask();
  for (let tries = 1; tries < TRIES_A_PAGE_MAX && isPassing(reply) && clock.now() < until; tries += 1) reply = await ask();
  return reply;
};

const isPassing = (reply: object): boolean => 'code' in reply && PASSING.has((reply as KmsFailure).code);

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
