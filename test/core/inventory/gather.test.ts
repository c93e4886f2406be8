import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Fleet } from '../../../core/fleet/schema.ts';
import { gathered, listedAtOf, toldInFull } from '../../../core/inventory/gather.ts';
import { NO_INVENTORY, placeOf } from '../../../core/inventory/inventory.ts';
import type { FleetListing, Listed } from '../../../core/inventory/listing.ts';
import { accountId } from '../../../core/region.ts';
import { fleetWith, mrk } from '../../support/fleet.ts';
import { ACCOUNT, SOURCE, TARGET } from '../../support/keys.ts';

const OTHER = accountId('444455556666');
const fleet = fleetWith({ accounts: [ACCOUNT], keys: { aliases: ['alias/pay/*'] } });
const key = (digits: string, account = ACCOUNT) => ({ account, keyId: mrk(digits) });

interface Given {
  /** Keys that are the fleet's here. */
  readonly own?: readonly string[];
  /** Keys that are here, and are not. */
  readonly others?: readonly string[];
  readonly complete?: boolean;
  readonly keyIdsComplete?: boolean;
}

const listed = (region: typeof SOURCE, { own = [], others = [], complete = true, keyIdsComplete = complete }: Given): Listed => ({
  account: ACCOUNT,
  region,
  list: {
    kind: 'listed',
    complete,
    keyIdsComplete,
    keyIds: new Set([...own, ...others].map(mrk)),
    keys: own.map((digits) => ({ keyId: mrk(digits), otherFleets: [] })),
    remarks: [],
  },
});
const silence: FleetListing = { kind: 'unlisted', isSilent: true, remarks: [] };
const silent = (region: typeof SOURCE): Listed => ({ account: ACCOUNT, region, list: silence });

const idsOf = (keys: ReadonlyArray<{ readonly keyId: string }>) => keys.map(({ keyId }) => keyId);

describe('A gathering of a fleet’s keys', () => {
  it('unites what the Regions list with what was stored, each key with where it was seen', () => {
    const { keys } = gathered(
      fleet,
      [listed(SOURCE, { own: ['1', '2'] }), listed(TARGET, { own: ['1'], others: ['2'], complete: false })],
      [key('3')],
    );

    assert.deepEqual(keys, [
      { ...key('1'), listedIn: [SOURCE, TARGET], heldIn: [SOURCE, TARGET], otherFleets: [] },
      { ...key('2'), listedIn: [SOURCE], heldIn: [SOURCE, TARGET], otherFleets: [] },
      { ...key('3'), listedIn: [], heldIn: [], otherFleets: [] },
    ]);
  });

  it('knows of the other fleets of a stored key by what was stored, until a Region lists the key', () => {
    const stored = [1, 2].map((digit) => ({ ...key(String(digit)), otherFleets: ['cards'] }));

    assert.deepEqual(
      gathered(fleet, [listed(SOURCE, { own: ['1'], complete: false })], stored).keys.map(({ otherFleets }) => otherFleets),
      [[], ['cards']],
    );
  });

  it('has no stored key that the fleet file does not name any more, where it names each', () => {
    const named = fleetWith({ accounts: [ACCOUNT], keys: { ids: [mrk('1')] } });

    assert.deepEqual(idsOf(gathered(named, [silent(SOURCE)], [key('1'), key('2')]).keys), [mrk('1')]);
  });

  it('has no stored key of an account that the fleet has no more', () => {
    assert.deepEqual(gathered(fleet, [], [key('1', OTHER)]), { keys: [], notFound: [], gone: [] });
  });
});

describe('A stored key that nobody lists', () => {
  const stored = [key('9')];
  const goneOf = (...lists: readonly Listed[]) => idsOf(gathered(fleet, lists, stored).gone);

  it('is gone when every Region of the fleet listed everything', () => {
    assert.deepEqual(goneOf(listed(SOURCE, {}), listed(TARGET, {})), [mrk('9')]);
  });

  it('is gone when it is still there but not the fleet’s any more, anywhere', () => {
    assert.deepEqual(goneOf(listed(SOURCE, { others: ['9'] }), listed(TARGET, { others: ['9'] })), [mrk('9')]);
  });

  it('is gone when no Region holds it, though one did not tell by alias or tag which keys are the fleet’s', () => {
    assert.deepEqual(goneOf(listed(SOURCE, {}), listed(TARGET, { complete: false, keyIdsComplete: true })), [mrk('9')]);
  });

  for (const [what, lists] of [
    ['one Region did not answer', [listed(SOURCE, {}), silent(TARGET)]],
    ['one Region was cut short', [listed(SOURCE, { complete: false }), listed(TARGET, {})]],
    [
      'one Region holds it and did not tell whose it is',
      [listed(SOURCE, { others: ['9'], complete: false, keyIdsComplete: true }), listed(TARGET, {})],
    ],
    ['one Region of the fleet was not asked', [listed(SOURCE, {})]],
    ['one Region still lists it', [listed(SOURCE, { own: ['9'] }), listed(TARGET, {})]],
  ] as const) {
    it(`stays when ${what}`, () => {
      assert.deepEqual(goneOf(...lists), []);
      assert.deepEqual(idsOf(gathered(fleet, lists, stored).keys), [mrk('9')]);
    });
  }
});

describe('A key that the fleet file names', () => {
  const naming = fleetWith({ accounts: [ACCOUNT, OTHER], keys: { ids: [mrk('1'), `arn:aws:kms:us-east-1:${OTHER}:key/${mrk('2')}`] } });

  it('is told apart when nobody lists or knows it: a bare ID in the first account, an ARN in its own', () => {
    const { keys, notFound } = gathered(naming, [listed(SOURCE, {})], []);

    assert.deepEqual(
      [idsOf(keys), notFound.map(({ account, keyId }) => [account, keyId])],
      [
        [],
        [
          [ACCOUNT, mrk('1')],
          [OTHER, mrk('2')],
        ],
      ],
    );
  });

  it('is found when a Region lists it or the inventory knows it', () => {
    assert.deepEqual(gathered(naming, [listed(SOURCE, { own: ['1'] })], [key('2', OTHER)]).notFound, []);
  });

  it('is not found, rather than gone, when it was deleted everywhere', () => {
    const one: Fleet = fleetWith({ accounts: [ACCOUNT], keys: { ids: [mrk('1')] } });
    const { notFound, gone } = gathered(one, [listed(SOURCE, {}), listed(TARGET, {})], [key('1')]);

    assert.deepEqual([idsOf(notFound), gone], [[mrk('1')], []]);
  });
});

describe('When places were listed in full', () => {
  const stored = {
    ...NO_INVENTORY,
    listedAt: { [placeOf(ACCOUNT, SOURCE)]: 5, [placeOf(ACCOUNT, TARGET)]: 6, [placeOf(OTHER, SOURCE)]: 7 },
  };

  it('is now for those that told everything, as stored for the others, and forgotten for places the fleet has no more', () => {
    assert.deepEqual(listedAtOf(fleet, [listed(SOURCE, {}), silent(TARGET)], [], stored, 100), {
      [placeOf(ACCOUNT, SOURCE)]: 100,
      [placeOf(ACCOUNT, TARGET)]: 6,
    });
  });

  it('is now for a Region that named all its keys, when each of them was found by another', () => {
    const keyNames = { own: [], others: ['1'], complete: false, keyIdsComplete: true };
    const lists = [listed(SOURCE, keyNames), listed(TARGET, { own: ['1'] })];
    const { keys } = gathered(fleet, lists, []);

    assert.equal(listedAtOf(fleet, lists, keys, NO_INVENTORY, 100)[placeOf(ACCOUNT, SOURCE)], 100);
    assert.equal(listedAtOf(fleet, lists, [], NO_INVENTORY, 100)[placeOf(ACCOUNT, SOURCE)], undefined);
  });

  it('counts an account as told only when all of the fleet’s Regions told it in full', () => {
    assert.deepEqual(toldInFull(fleet, [listed(SOURCE, {}), listed(TARGET, {})]), [ACCOUNT]);
    assert.deepEqual(toldInFull(fleet, [listed(SOURCE, {}), silent(TARGET)]), []);
    assert.deepEqual(toldInFull(fleet, [listed(SOURCE, {})]), []);
  });
});
