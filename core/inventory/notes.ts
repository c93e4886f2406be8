import type { KeyRef } from '../key/key.ts';
import { keyName } from '../key/key.ts';
import type { AccountId, Region } from '../region.ts';
import { span } from '../words/time.ts';
import { type FoundKey, type KeysOfNoFleet, type ListedAt, placeOf } from './inventory.ts';
import { type Listed, OUT_OF_TIME } from './listing.ts';

const NAMED_MAX = 5;

/** The first few names, and how many there are besides. @param count how many there are in all, where not all are given */
const named = (names: readonly string[], count = names.length): string => {
  const shown = names.slice(0, NAMED_MAX);
  return shown.join(', ') + (count > shown.length ? ` and ${count - shown.length} more` : '');
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** How old what is known of the accounts in a Region is, in a sentence. */
const ageOf = (accounts: readonly AccountId[], region: Region, listedAt: ListedAt, now: number): string => {
  const times = accounts.flatMap((account) => listedAt[placeOf(account, region)] ?? []);
  if (times.length === 0) return 'No listing there was ever complete.';
  const oldest = times.reduce((a, b) => Math.min(a, b));
  const never = times.length < accounts.length ? `, and ${accounts.length - times.length} of the accounts have none` : '';
  return `The last complete listing there is ${span(now - oldest)} old${never}.`;
};

/** Who was cut short so soon after a listing in full has missed nothing that is worth a remark. */
const JUST_LISTED_MS = 5 * 60_000;

/**
 * What was odd about the listings: each remark once for each Region, with the accounts that it is about, and with the age of what is
 * known there when the listing has gaps.
 * @param listedAt when the places were listed in full, before this time
 */
export const listingNotes = (lists: readonly Listed[], listedAt: ListedAt, now: number): readonly string[] => {
  const remarks = lists
    .flatMap(({ account, region, list }) =>
      list.remarks.map((remark) => ({ ...remark, account, region, hasGaps: list.kind === 'unlisted' || !list.complete })),
    )
    .filter(
      ({ about, account, region }) =>
        about !== OUT_OF_TIME || now - (listedAt[placeOf(account, region)] ?? Number.NEGATIVE_INFINITY) > JUST_LISTED_MS,
    );
  return [...Map.groupBy(remarks, ({ region, about, hasGaps }) => `${region} ${about} ${hasGaps}`).values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const accounts = some.map(({ account }) => account);
    const age = first.hasGaps ? ` ${ageOf(accounts, first.region, listedAt, now)}` : '';
    return [`${named(accounts)}: ${first.region} ${first.text}.${age}`];
  });
};

/** Says where keys may be that nobody looked at; undefined when every account was listed. */
export const incompleteNote = (accounts: readonly AccountId[], region: Region, listedAt: ListedAt, now: number): string | undefined =>
  accounts.length === 0
    ? undefined
    : `INVENTORY_INCOMPLETE: ${region} did not list all keys of ${named(accounts)}, nor in the 24 hours before; keys that are in no other Region may be missing. ${ageOf(accounts, region, listedAt, now)}`;

/** Where a Region's listing and the rest disagree about a key, in a note; undefined when all Regions that answered listed it. */
export const driftNote = (key: FoundKey, answered: readonly Region[]): string | undefined => {
  const absent = answered.filter((region) => !key.listedIn.includes(region));
  if (absent.length === 0) return undefined;
  return `SELECTOR_DRIFT: the fleet's selector does not find the key in ${absent.join(', ')}`;
};

/** Says which stored keys are the fleet's no more. */
export const droppedNotes = (dropped: readonly KeyRef[]): readonly string[] =>
  dropped.length === 0
    ? []
    : [
        `INVENTORY_DROPPED: ${counted(dropped.length, 'key')} of the stored inventory left it, since every Region listed all of its keys and none of them has these as the fleet's: ${named(dropped.map(keyName))}.`,
      ];

/** Says which keys the fleet file names in vain. */
export const notFoundNotes = (notFound: readonly KeyRef[]): readonly string[] =>
  notFound.length === 0
    ? []
    : [
        `NAMED_NOT_FOUND: the fleet file names ${counted(notFound.length, 'key')} that no Region lists and no inventory knows: ${named(notFound.map(keyName))}. Look for a slip in its ids.`,
      ];

/** Says how many keys of the accounts nobody moves, when there are any. */
export const ofNoFleetNotes = (ofNoFleet: KeysOfNoFleet | undefined): readonly string[] =>
  ofNoFleet === undefined || ofNoFleet.count === 0
    ? []
    : [
        `KEYS_OF_NO_FLEET: ${counted(ofNoFleet.count, 'multi-Region key')} of the fleet's accounts in no fleet at all, which nobody moves: ${named(ofNoFleet.sample.map(keyName), ofNoFleet.count)}.`,
      ];
