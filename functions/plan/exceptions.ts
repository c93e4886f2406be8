import { exceptionFor, expiredExceptions } from '../../core/fleet/exception.ts';
import { referencedKey } from '../../core/fleet/key-reference.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { type KeyRef, keyName } from '../../core/key/key.ts';
import type { Operation } from '../../core/run/operation.ts';

/** More notes than these nobody reads; the fleet file has the whole list. */
const NOTED_MAX = 20;

/**
 * Whether a run leaves the key out of its plan: an exception in force keeps a key that is known to be bad from painting every drill
 * red. In a failover the key stays in the plan, as one that does not move: then people must see what is left behind.
 */
export const isLeftOut = (fleet: Fleet, operation: Operation, key: KeyRef, now: number): boolean =>
  operation !== 'failover' && exceptionFor(fleet, key, now).kind === 'active';

/** What the fleet file's exceptions mean for a run: which keys were left out of it, and which exceptions are over. */
export const exceptionNotes = (fleet: Fleet, leftOut: readonly KeyRef[], now: number): readonly string[] => [
  ...shortened(
    leftOut.map((key) => {
      const found = exceptionFor(fleet, key, now);
      const words = found.kind === 'none' ? '' : `: ${found.exception.reason} (${found.exception.owner}, until ${found.exception.expires})`;
      return `EXCEPTED: ${keyName(key)} is no part of this run${words}.`;
    }),
    'keys were left out',
  ),
  ...shortened(
    expiredExceptions(fleet, now).map(
      ({ key, reason, owner, expires }) =>
        `EXCEPTION_EXPIRED: the exception for ${referencedKey(key).keyId} (${reason}; ${owner}) ended with ${expires}, and the key moves with the fleet again. Prolong it or take it out of the fleet file.`,
    ),
    'exceptions have expired',
  ),
];

const shortened = (notes: readonly string[], what: string): readonly string[] =>
  notes.length <= NOTED_MAX ? notes : [...notes.slice(0, NOTED_MAX), `… and ${notes.length - NOTED_MAX} more ${what}.`];
