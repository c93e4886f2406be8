import type { KeyRef } from '../key/key.ts';
import { keyName } from '../key/key.ts';
import type { AccountId } from '../region.ts';
import type { KeysOfNoFleet } from './inventory.ts';
import type { Listed } from './listing.ts';

/** How many of them are named. */
const SAMPLE_MAX = 20;

/**
 * The keys that Regions hold and that no fleet has.
 * @param accounts those of which it can be told: all Regions listed them in full, and every fleet of theirs has an inventory
 * @param taken the keys of all fleets, by `keyName`
 */
export const keysOfNoFleet = (
  lists: readonly Listed[],
  accounts: readonly AccountId[],
  taken: ReadonlySet<string>,
  now: number,
): KeysOfNoFleet | undefined => {
  if (accounts.length === 0) return undefined;
  const told = new Set(accounts);
  const left = new Map<string, KeyRef>();
  for (const { account, list } of lists) {
    if (!told.has(account) || list.kind === 'unlisted') continue;
    for (const keyId of list.keyIds) {
      const id = keyName({ account, keyId });
      if (!taken.has(id)) left.set(id, { account, keyId });
    }
  }
  const sample = [...left.keys()].toSorted().slice(0, SAMPLE_MAX);
  return { at: now, count: left.size, sample: sample.flatMap((id) => left.get(id) ?? []) };
};
