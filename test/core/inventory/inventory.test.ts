import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fullSince, heldAgainst, NO_INVENTORY, placeOf, rememberedKeys, unlisted } from '../../../core/inventory/inventory.ts';
import { accountId } from '../../../core/region.ts';
import { fleetWith, mrk } from '../../support/fleet.ts';
import { ACCOUNT, keyRef, SOURCE, TARGET } from '../../support/keys.ts';

describe('The accounts that a Region did not list', () => {
  const DAY_MS = 24 * 3_600_000;
  const other = accountId('444455556666');

  it('are those without a full listing there', () => {
    const listedAt = { [placeOf(ACCOUNT, SOURCE)]: 1_000, [placeOf(other, TARGET)]: 1_000 };

    assert.deepEqual(unlisted([ACCOUNT, other], SOURCE, listedAt, 1_000), [other]);
  });

  it('are those too whose last full listing is older than a day', () => {
    const listedAt = { [placeOf(ACCOUNT, SOURCE)]: 1_000 };

    assert.deepEqual(unlisted([ACCOUNT], SOURCE, listedAt, 1_000 + DAY_MS), []);
    assert.deepEqual(unlisted([ACCOUNT], SOURCE, listedAt, 1_001 + DAY_MS), [ACCOUNT]);
  });
});

describe('An inventory', () => {
  const listedAt = { [placeOf(ACCOUNT, SOURCE)]: 2_000, [placeOf(ACCOUNT, TARGET)]: 1_000 };

  it('is full since the oldest of the listings that it rests on', () => {
    assert.equal(fullSince([ACCOUNT], [SOURCE, TARGET], listedAt), 1_000);
    assert.equal(fullSince([ACCOUNT], [SOURCE], listedAt), 2_000);
  });

  it('was never full while one place was never listed in full, whichever it is', () => {
    const other = accountId('444455556666');

    assert.equal(fullSince([ACCOUNT, other], [SOURCE, TARGET], listedAt), undefined);
    assert.equal(fullSince([other, ACCOUNT], [SOURCE, TARGET], listedAt), undefined);
  });
});

describe('The keys that an inventory remembers', () => {
  const inventory = {
    ...NO_INVENTORY,
    selection: 'a',
    listedAt: { [placeOf(ACCOUNT, SOURCE)]: 1_000 },
    keys: [keyRef('1'), { ...keyRef('2'), otherFleets: ['cards'] }, { ...keyRef('3'), account: accountId('444455556666') }],
  };

  it('are those of the fleet’s accounts, each with the other fleets that select it', () =>
    assert.deepEqual(
      rememberedKeys(inventory, fleetWith({ accounts: [ACCOUNT], keys: { all: true } })).map(({ keyId, otherFleets }) => [
        keyId,
        otherFleets,
      ]),
      [
        [mrk('1'), []],
        [mrk('2'), ['cards']],
      ],
    ));

  it('are none that the fleet file, which names each key, does not name any more', () =>
    assert.deepEqual(
      rememberedKeys(inventory, fleetWith({ accounts: [ACCOUNT], keys: { ids: [mrk('2'), mrk('3')] } })).map(({ keyId }) => keyId),
      [mrk('2')],
    ));

  it('stay when the fleet file selects otherwise, but no listing counts as one of all keys then', () => {
    const held = heldAgainst(inventory, 'b');

    assert.deepEqual([held.listedAt, held.keys.length, held.keys[1]], [{}, 3, keyRef('2')]);
    assert.equal(heldAgainst(inventory, 'a'), inventory);
  });
});
