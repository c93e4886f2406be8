import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { driftNote, incompleteNote, placeOf, unlisted } from '../../../core/inventory/inventory.ts';
import { accountId } from '../../../core/region.ts';
import { ACCOUNT, keyRef, SOURCE, TARGET } from '../../support/keys.ts';

const foundIn = (...listedIn: Array<typeof SOURCE>) => ({ ...keyRef(), listedIn, heldIn: listedIn, otherFleets: [] });

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

  it('are nothing to note when there are none, and named when there are', () => {
    assert.equal(incompleteNote([], SOURCE), undefined);
    assert.match(incompleteNote([ACCOUNT, other], SOURCE) ?? '', /^INVENTORY_INCOMPLETE: us-east-1 .* 111122223333, 444455556666, nor/);
  });

  it('are counted beyond the first five, so that a note stays short', () => {
    const accounts = Array.from({ length: 1_000 }, (_, index) => accountId(String(100_000_000_000 + index)));

    assert.match(incompleteNote(accounts, SOURCE) ?? '', /100000000004 and 995 more,/);
  });
});
