import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { NO_INVENTORY } from '../../../core/inventory/inventory.ts';
import {
  begun,
  following,
  INVENTORY_AGE_MS_MAX,
  inTurn,
  LISTED_AGAIN_AFTER_MS,
  turnBy,
  wasFoundEmpty,
} from '../../../core/inventory/turn.ts';
import { keyRef } from '../../support/keys.ts';

const NOW = 1_000_000_000;
const turn = { since: 5, nextAt: NOW };
const storedAgo = (ms: number) => ({ ...NO_INVENTORY, storedAt: NOW - ms });

describe('The turns of inventories', () => {
  it('come to those who waited longest, and before them to those never seen', () => {
    const turns = new Map([
      ['late', { since: 0, nextAt: NOW - 1 }],
      ['later', { since: 0, nextAt: NOW - 100 }],
      ['not-yet', { since: 0, nextAt: NOW + 1 }],
    ]);

    assert.deepEqual(inTurn(['late', 'later', 'not-yet', 'new'], turns, NOW), ['new', 'later', 'late']);
  });

  it('belong to who begins them, for ten minutes', () => {
    const mine = begun(turn, 'a', NOW);

    assert.deepEqual(mine, { since: 5, nextAt: NOW + LISTED_AGAIN_AFTER_MS, selection: 'a' });
    assert.equal(begun(mine, 'a', NOW + 1), undefined);
    assert.deepEqual(begun(mine, 'a', NOW + LISTED_AGAIN_AFTER_MS)?.since, 5);
    assert.deepEqual(begun(undefined, 'a', NOW), { since: NOW, nextAt: NOW + LISTED_AGAIN_AFTER_MS, selection: 'a' });
  });

  it('come at once when the fleet file selects other keys than before, for one', () => {
    const before = begun(turn, 'a', NOW);
    const mine = begun(before, 'b', NOW + 1);

    assert.deepEqual([turnBy(before, 'a'), turnBy(before, 'b')?.nextAt], [before, 0]);
    assert.deepEqual(mine, { since: 5, nextAt: NOW + 1 + LISTED_AGAIN_AFTER_MS, selection: 'b' });
    assert.equal(begun(mine, 'b', NOW + 2), undefined);
  });
});

describe('The turn that follows from a stored inventory', () => {
  it('comes an hour after it was last full, with what it says', () => {
    const inventory = { ...storedAgo(60_000), notFound: [], ofNoFleet: { at: 0, count: 3, sample: [] } };

    assert.deepEqual(following(turn, inventory, NOW - 60_000, NOW), {
      since: 5,
      nextAt: NOW - 60_000 + INVENTORY_AGE_MS_MAX,
      fullAt: NOW - 60_000,
      ofNoFleet: 3,
      notFound: 0,
    });
  });

  it('is now when the inventory is an hour old', () => {
    assert.equal(following(turn, storedAgo(INVENTORY_AGE_MS_MAX), NOW - INVENTORY_AGE_MS_MAX, NOW), undefined);
  });

  it('comes ten minutes after it was stored with gaps, however long ago it was full', () => {
    for (const fullAt of [undefined, NOW - 2 * INVENTORY_AGE_MS_MAX]) {
      assert.equal(following(turn, storedAgo(60_000), fullAt, NOW)?.nextAt, NOW - 60_000 + LISTED_AGAIN_AFTER_MS);
      assert.equal(following(turn, storedAgo(LISTED_AGAIN_AFTER_MS), fullAt, NOW), undefined);
    }
  });

  it('leaves a new fleet for ten minutes to who first needs its keys', () => {
    assert.deepEqual(following(undefined, NO_INVENTORY, undefined, NOW), { since: NOW, nextAt: NOW + LISTED_AGAIN_AFTER_MS, notFound: 0 });
    assert.equal(following({ ...turn, since: NOW - LISTED_AGAIN_AFTER_MS }, NO_INVENTORY, undefined, NOW), undefined);
  });
});

describe('A fleet that was found to have no keys', () => {
  it('is believed for ten minutes where each Region listed all, and for two where one did not', () => {
    const after = (ms: number, isFull: boolean) => wasFoundEmpty(storedAgo(ms), isFull ? NOW - ms : undefined, NOW);

    assert.deepEqual([after(LISTED_AGAIN_AFTER_MS - 1, true), after(LISTED_AGAIN_AFTER_MS, true)], [true, false]);
    assert.deepEqual([after(119_999, false), after(120_000, false)], [true, false]);
  });

  it('is none that nobody has listed, or that has a key', () => {
    assert.equal(wasFoundEmpty(NO_INVENTORY, undefined, 1), false);
    assert.equal(wasFoundEmpty({ ...storedAgo(1), keys: [keyRef('1')] }, NOW - 1, NOW), false);
  });
});
