import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fullSince, placeOf, unlisted } from '../../../core/inventory/inventory.ts';
import { accountId } from '../../../core/region.ts';
import { ACCOUNT, SOURCE, TARGET } from '../../support/keys.ts';

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
