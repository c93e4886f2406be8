import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Listed } from '../../../core/inventory/listing.ts';
import { keysOfNoFleet } from '../../../core/inventory/of-no-fleet.ts';
import { keyName } from '../../../core/key/key.ts';
import { mrk } from '../../support/fleet.ts';
import { ACCOUNT, SOURCE, TARGET } from '../../support/keys.ts';

const holding = (region: typeof SOURCE, ...digits: readonly string[]): Listed => ({
  account: ACCOUNT,
  region,
  list: { kind: 'listed', complete: true, keyIdsComplete: true, keyIds: new Set(digits.map(mrk)), keys: [], remarks: [] },
});
const key = (digits: string) => ({ account: ACCOUNT, keyId: mrk(digits) });

describe('The keys of no fleet', () => {
  it('are those that a Region holds and no fleet has, each counted once', () => {
    const lists = [holding(SOURCE, '1', '2', '3'), holding(TARGET, '3', '4')];

    assert.deepEqual(keysOfNoFleet(lists, [ACCOUNT], new Set([key('1'), key('4')].map(keyName)), 7), {
      at: 7,
      count: 2,
      sample: [key('2'), key('3')],
    });
  });

  it('are none when every key is some fleet’s', () => {
    assert.deepEqual(keysOfNoFleet([holding(SOURCE, '1')], [ACCOUNT], new Set([keyName(key('1'))]), 7), { at: 7, count: 0, sample: [] });
  });

  it('are not told where no account can be judged', () => {
    assert.equal(keysOfNoFleet([holding(SOURCE, '1')], [], new Set(), 7), undefined);
  });

  it('are counted all, and twenty of them named', () => {
    const digits = Array.from({ length: 1_000 }, (_, index) => String(index));
    const { count, sample } = keysOfNoFleet([holding(SOURCE, ...digits)], [ACCOUNT], new Set(), 7) ?? assert.fail('not told');

    assert.deepEqual([count, sample.length], [1_000, 20]);
  });
});
