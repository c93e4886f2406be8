import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { placeOf } from '../../../core/inventory/inventory.ts';
import { type FleetListing, type Listed, OUT_OF_TIME, type Remark } from '../../../core/inventory/listing.ts';
import { driftNote, droppedNotes, incompleteNote, listingNotes, notFoundNotes, ofNoFleetNotes } from '../../../core/inventory/notes.ts';
import { accountId } from '../../../core/region.ts';
import { mrk } from '../../support/fleet.ts';
import { ACCOUNT, keyRef, SOURCE, TARGET } from '../../support/keys.ts';

const OTHER = accountId('444455556666');
const HOUR_MS = 3_600_000;
const foundIn = (...listedIn: Array<typeof SOURCE>) => ({ ...keyRef(), listedIn, heldIn: listedIn, otherFleets: [] });
const manyAccounts = Array.from({ length: 1_000 }, (_, index) => accountId(String(100_000_000_000 + index)));
const manyKeys = Array.from({ length: 7 }, (_, index) => ({ account: ACCOUNT, keyId: mrk(String(index)) }));

describe('Selector drift', () => {
  it('is nothing to note when every Region that answered lists the key', () => {
    assert.equal(driftNote(foundIn(SOURCE, TARGET), [SOURCE, TARGET]), undefined);
  });

  it('is noted with the Regions that answered and do not list the key', () => {
    assert.equal(driftNote(foundIn(SOURCE), [SOURCE, TARGET]), "SELECTOR_DRIFT: the fleet's selector does not find the key in us-west-2");
    assert.equal(
      driftNote(foundIn(), [SOURCE, TARGET]),
      "SELECTOR_DRIFT: the fleet's selector does not find the key in us-east-1, us-west-2",
    );
  });

  it('is nothing that a silent Region could show', () => {
    assert.equal(driftNote(foundIn(TARGET), [TARGET]), undefined);
    assert.equal(driftNote(foundIn(), []), undefined);
  });
});

describe('The note of an incomplete inventory', () => {
  it('is not written when no account is missing', () => assert.equal(incompleteNote([], SOURCE, {}, 0), undefined));

  it('names the Region, the accounts, and how old the last complete listing is', () => {
    assert.equal(
      incompleteNote([ACCOUNT], SOURCE, { [placeOf(ACCOUNT, SOURCE)]: 0 }, 26 * HOUR_MS),
      'INVENTORY_INCOMPLETE: us-east-1 did not list all keys of 111122223333, nor in the 24 hours before; keys that are in no other Region may be missing. The last complete listing there is 26 h old.',
    );
  });

  it('says when there never was a complete listing, or not of each account', () => {
    assert.match(incompleteNote([ACCOUNT], SOURCE, {}, 5) ?? '', /No listing there was ever complete\.$/);
    assert.match(
      incompleteNote([ACCOUNT, OTHER], SOURCE, { [placeOf(OTHER, SOURCE)]: 0 }, 26 * HOUR_MS) ?? '',
      /is 26 h old, and 1 of the accounts have none\.$/,
    );
  });

  it('counts accounts beyond the first five, so that it stays short', () => {
    assert.match(incompleteNote(manyAccounts, SOURCE, {}, 0) ?? '', /100000000004 and 995 more,/);
  });
});

describe('The notes of listings', () => {
  const listed = (account: typeof ACCOUNT, complete: boolean, ...remarks: readonly Remark[]): Listed => ({
    account,
    region: SOURCE,
    list: { kind: 'listed', complete, keyIds: new Set(), keyIdsComplete: complete, keys: [], remarks },
  });
  const silence: FleetListing = {
    kind: 'unlisted',
    isSilent: true,
    remarks: [{ about: 'keys TimeoutError', text: 'did not list its keys (x)' }],
  };

  it('tell the same of many accounts once, with the age of the oldest listing', () => {
    const lists = manyAccounts.map((account): Listed => ({ account, region: SOURCE, list: silence }));
    const listedAt = Object.fromEntries(manyAccounts.map((account, index) => [placeOf(account, SOURCE), index]));

    const notes = listingNotes(lists, listedAt, 2 * HOUR_MS);

    assert.equal(notes.length, 1);
    assert.match(
      notes[0] ?? '',
      /^100000000000, .* and 995 more: us-east-1 did not list its keys \(x\)\. The last complete listing there is 2 h old\.$/,
    );
  });

  it('are one for each Region and each trouble', () => {
    const trouble = { about: 'time', text: 'was slow' };

    assert.deepEqual(listingNotes([listed(ACCOUNT, false, trouble), { account: ACCOUNT, region: TARGET, list: silence }], {}, 0), [
      '111122223333: us-east-1 was slow. No listing there was ever complete.',
      '111122223333: us-west-2 did not list its keys (x). No listing there was ever complete.',
    ]);
  });

  it('do not say that a listing was cut short five minutes after one in full, unless something else was wrong', () => {
    const cutShort = listed(ACCOUNT, false, { about: OUT_OF_TIME, text: 'did not list all' });
    const refused = listed(OTHER, false, { about: 'keys AccessDenied', text: 'did not let us' });
    const listedAt = { [placeOf(ACCOUNT, SOURCE)]: 0, [placeOf(OTHER, SOURCE)]: 0 };

    assert.deepEqual(listingNotes([cutShort, refused], listedAt, 5 * 60_000), [
      '444455556666: us-east-1 did not let us. The last complete listing there is 5 min old.',
    ]);
    assert.equal(listingNotes([cutShort], listedAt, 5 * 60_000 + 1).length, 1);
  });

  it('speak of no age when nothing is missing', () => {
    assert.deepEqual(listingNotes([listed(ACCOUNT, true, { about: 'index', text: 'did it another way' }), listed(OTHER, true)], {}, 0), [
      '111122223333: us-east-1 did it another way.',
    ]);
  });
});

describe('Notes of keys', () => {
  it('are not written about none', () => {
    const nothing = [droppedNotes([]), notFoundNotes([]), ofNoFleetNotes(undefined), ofNoFleetNotes({ at: 0, count: 0, sample: [] })];

    assert.deepEqual(nothing, [[], [], [], []]);
  });

  it('name the first five and count the others', () => {
    for (const notes of [
      droppedNotes(manyKeys),
      notFoundNotes(manyKeys),
      ofNoFleetNotes({ at: 0, count: 7, sample: manyKeys.slice(0, 6) }),
    ]) {
      assert.equal(notes.length, 1);
      assert.match(notes[0] ?? '', /: .*7 .*0{31}4 and 2 more\./);
      assert.doesNotMatch(notes[0] ?? '', /0{31}5/);
    }
  });
});
