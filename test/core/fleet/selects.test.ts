import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { selects } from '../../../core/fleet/selects.ts';
import { accountId } from '../../../core/region.ts';
import { fleetWith, mrk } from '../../support/fleet.ts';

const key = {
  account: accountId('111122223333'),
  keyId: mrk('1'),
  aliases: ['alias/payments/main', 'alias/legacy'],
  tags: { team: 'payments', stage: 'live' },
};

const cases: readonly { readonly case: string; readonly keys: Readonly<Record<string, unknown>>; readonly selected: boolean }[] = [
  { case: 'all of them', keys: { all: true }, selected: true },
  { case: 'those whose alias begins like one of its aliases', keys: { aliases: ['alias/none/*', 'alias/payments/*'] }, selected: true },
  { case: 'those with an alias that it has', keys: { aliases: ['alias/legacy'] }, selected: true },
  { case: 'those with an alias that only begins like its own', keys: { aliases: ['alias/leg'] }, selected: false },
  { case: 'those with one of its tags', keys: { tags: { team: 'payments' } }, selected: true },
  { case: 'those with all of its tags', keys: { tags: { team: 'payments', stage: 'live' } }, selected: true },
  { case: 'those with a tag of another value', keys: { tags: { team: 'payments', stage: 'test' } }, selected: false },
  { case: 'those with a tag that it lacks', keys: { tags: { owner: 'payments' } }, selected: false },
  { case: 'those with a tag named like a method of objects', keys: { tags: { toString: 'x' } }, selected: false },
  { case: 'it by its ID', keys: { ids: [mrk('2'), mrk('1')] }, selected: true },
  { case: 'it by its ARN', keys: { ids: [`arn:aws:kms:eu-west-1:111122223333:key/${mrk('1')}`] }, selected: true },
  { case: 'another by its ID', keys: { ids: [mrk('2')] }, selected: false },
];

describe('A fleet and a key of one of its accounts', () => {
  for (const { case: title, keys, selected } of cases) {
    it(`${selected ? 'belong together' : 'do not belong together'} when the fleet takes ${title}`, () => {
      assert.equal(selects(fleetWith({ keys }), key), selected);
    });
  }

  it('do not belong together when the key has no alias and the fleet goes by aliases', () => {
    assert.equal(selects(fleetWith({ keys: { aliases: ['alias/*'] } }), { ...key, aliases: [] }), false);
  });

  it('belong together also when the key is excepted from moving', () => {
    const exceptions = [{ key: mrk('1'), reason: 'r', owner: 'o', expires: '2026-12-31' }];

    assert.equal(selects(fleetWith({ exceptions }), key), true);
  });
});

describe('A fleet and a key of another account', () => {
  for (const { case: title, keys } of cases.filter(({ keys }) => !('ids' in keys))) {
    it(`do not belong together though the fleet takes ${title}`, () => {
      assert.equal(selects(fleetWith({ keys }), { ...key, account: accountId('444455556666') }), false);
    });
  }
});
