import type { AccountId } from '../region.ts';
import { aliasMatches } from './alias-pattern.ts';
import { refersTo } from './key-reference.ts';
import type { Fleet } from './schema.ts';

/** What decides whether a key belongs to a fleet. */
export interface SelectableKey {
  readonly account: AccountId;
  /** `mrk-` and 32 hexadecimal digits. */
  readonly keyId: string;
  /** Every alias of the key, each with its `alias/` in front. */
  readonly aliases: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

/** True when the fleet takes the key in. Its exceptions belong to it too: they are keys of the fleet that stay. */
export const selects = (fleet: Pick<Fleet, 'accounts' | 'keys'>, key: SelectableKey): boolean => {
  if (!fleet.accounts.includes(key.account)) return false;
  const { keys } = fleet;
  if ('all' in keys) return true;
  if ('aliases' in keys) return keys.aliases.some((pattern) => key.aliases.some((alias) => aliasMatches(pattern, alias)));
  if ('tags' in keys) return Object.entries(keys.tags).every(([tag, value]) => Object.hasOwn(key.tags, tag) && key.tags[tag] === value);
  return keys.ids.some((reference) => refersTo(reference, key));
};
