import { aliasPatternsMeet } from './alias-pattern.ts';
import { type KeyReference, referencedKey } from './key-reference.ts';
import type { Fleet } from './schema.ts';

/** Two fleets that can be seen, from the file alone, to claim the same keys. */
interface FleetOverlap {
  readonly first: string;
  readonly second: string;
  /** What both claim, in words. */
  readonly reason: string;
}

const aliasReason = (a: Fleet['keys'], b: Fleet['keys']): string | undefined => {
  if (!('aliases' in a && 'aliases' in b)) return undefined;
  for (const one of a.aliases) {
    const other = b.aliases.find((pattern) => aliasPatternsMeet(one, pattern));
    if (other !== undefined) return `the aliases ${one} and ${other} can name the same key`;
  }
  return undefined;
};

const tagReason = (a: Fleet['keys'], b: Fleet['keys']): string | undefined => {
  if (!('tags' in a && 'tags' in b)) return undefined;
  const theirs = new Map(Object.entries(b.tags));
  const apart = Object.entries(a.tags).some(([tag, value]) => theirs.has(tag) && theirs.get(tag) !== value);
  return apart ? undefined : 'a key can carry the tags of both, because no tag has a different value in each';
};

/** The keys a fleet names one by one, each as `account/keyId`: a bare key ID once for every account of the fleet. */
const namedKeys = (fleet: Fleet, ids: readonly KeyReference[]): readonly string[] =>
  ids
    .map(referencedKey)
    .flatMap(({ keyId, account }) => (account === undefined ? fleet.accounts : [account]).map((owner) => `${owner}/${keyId}`));

const idReason = (a: Fleet, b: Fleet): string | undefined => {
  if (!('ids' in a.keys && 'ids' in b.keys)) return undefined;
  const theirs = new Set(namedKeys(b, b.keys.ids));
  const shared = namedKeys(a, a.keys.ids).find((key) => theirs.has(key));
  return shared && `both name ${shared}`;
};

const reasonFor = (a: Fleet, b: Fleet): string | undefined => {
  const account = a.accounts.find((number) => b.accounts.includes(number));
  if (account === undefined) return undefined;
  if ('all' in a.keys || 'all' in b.keys) return `one takes all keys of account ${account}, which the other draws on as well`;
  return aliasReason(a.keys, b.keys) ?? tagReason(a.keys, b.keys) ?? idReason(a, b);
};

/**
 * Every pair of fleets of which it is certain, or cannot be ruled out within one way of selecting, that they share keys.
 * Pairs that select in different ways (aliases here, tags there) are not judged: whether they meet only the keys can
 * tell, and then the plan of a run does (IN_TWO_FLEETS).
 */
export const fleetOverlaps = (fleets: ReadonlyMap<string, Fleet>): readonly FleetOverlap[] => {
  const named = [...fleets];
  return named.flatMap(([second, b], index) =>
    named.slice(0, index).flatMap(([first, a]) => {
      const reason = reasonFor(a, b);
      return reason === undefined ? [] : [{ first, second, reason }];
    }),
  );
};
