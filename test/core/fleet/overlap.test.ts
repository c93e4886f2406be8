import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { fleetOverlaps } from '../../../core/fleet/overlap.ts';
import { selects } from '../../../core/fleet/selects.ts';
import { accountId } from '../../../core/region.ts';
import { fleetWith, mrk } from '../../support/fleet.ts';

const arn = (account: string, digits: string) => `arn:aws:kms:us-east-1:${account}:key/${mrk(digits)}`;
const both = ['111122223333', '444455556666'];

const overlapping = [
  { case: 'both take all keys', a: { keys: { all: true } }, b: { keys: { all: true } }, reason: /all keys of account 111122223333/ },
  {
    case: 'one takes all keys and the other some',
    a: { keys: { tags: { a: '1' } } },
    b: { keys: { all: true } },
    reason: /all keys of account/,
  },
  {
    case: 'one alias prefix begins with the other',
    a: { keys: { aliases: ['alias/x', 'alias/pay/*'] } },
    b: { keys: { aliases: ['alias/pay/eu/*'] } },
    reason: /^the aliases alias\/pay\/\* and alias\/pay\/eu\/\* can name the same key$/,
  },
  {
    case: 'an alias begins with a prefix',
    a: { keys: { aliases: ['alias/pay/main'] } },
    b: { keys: { aliases: ['alias/pay/*'] } },
    reason: /same key/,
  },
  {
    case: 'a key can carry the tags of both',
    a: { keys: { tags: { a: '1' } } },
    b: { keys: { tags: { b: '1' } } },
    reason: /tags of both/,
  },
  {
    case: 'they name the same ID',
    a: { keys: { ids: [mrk('1'), mrk('2')] } },
    b: { keys: { ids: [mrk('2')] } },
    reason: /^both name 111122223333\/mrk-0+2$/,
  },
  {
    case: 'one names the ID and the other the ARN',
    a: { keys: { ids: [mrk('1')] } },
    b: { keys: { ids: [arn('111122223333', '1')] } },
    reason: /both name/,
  },
];

const apart = [
  { case: 'they share no account', a: { keys: { all: true } }, b: { keys: { all: true }, accounts: ['444455556666'] } },
  { case: 'no alias can match both', a: { keys: { aliases: ['alias/a/*'] } }, b: { keys: { aliases: ['alias/b/*', 'alias/a'] } } },
  { case: 'a tag must have another value in each', a: { keys: { tags: { a: '1', b: '1' } } }, b: { keys: { tags: { a: '2', c: '1' } } } },
  { case: 'they name different keys', a: { keys: { ids: [mrk('1')] } }, b: { keys: { ids: [mrk('2')] } } },
  {
    case: 'they name the same ID in different accounts',
    a: { accounts: both, keys: { ids: [arn('111122223333', '1')] } },
    b: { accounts: both, keys: { ids: [arn('444455556666', '1')] } },
  },
  {
    case: 'an ID stands for accounts that the ARN does not name',
    a: { accounts: both, keys: { ids: [arn('111122223333', '1')] } },
    b: { accounts: ['444455556666'], keys: { ids: [mrk('1')] } },
  },
  {
    case: 'they select in different ways, which only the keys can decide',
    a: { keys: { aliases: ['alias/*'] } },
    b: { keys: { tags: { a: '1' } } },
  },
];

describe('Two fleets overlap', () => {
  for (const { case: title, a, b, reason } of overlapping) {
    it(`when ${title}, whichever stands first`, () => {
      for (const [one, other] of [
        [a, b],
        [b, a],
      ]) {
        const [overlap, ...more] = fleetOverlaps(
          new Map([
            ['one', fleetWith(one)],
            ['two', fleetWith(other)],
          ]),
        );
        assert.deepEqual([overlap?.first, overlap?.second, more], ['one', 'two', []]);
      }
      assert.match(
        fleetOverlaps(
          new Map([
            ['one', fleetWith(a)],
            ['two', fleetWith(b)],
          ]),
        )[0]?.reason ?? '',
        reason,
      );
    });
  }
});

describe('Two fleets do not overlap', () => {
  for (const { case: title, a, b } of apart) {
    it(`when ${title}`, () => {
      assert.deepEqual(
        fleetOverlaps(
          new Map([
            ['one', fleetWith(a)],
            ['two', fleetWith(b)],
          ]),
        ),
        [],
      );
      assert.deepEqual(
        fleetOverlaps(
          new Map([
            ['one', fleetWith(b)],
            ['two', fleetWith(a)],
          ]),
        ),
        [],
      );
    });
  }
});

describe('Many fleets', () => {
  it('are told pair by pair, each pair once', () => {
    const fleets = new Map(['a', 'b', 'c'].map((name) => [name, fleetWith()]));

    assert.deepEqual(
      fleetOverlaps(fleets).map(({ first, second }) => [first, second]),
      [
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'c'],
      ],
    );
  });

  it('that select in the same way and do not overlap never take the same key', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 2 });
    const aliases = fc.tuple(name, fc.boolean()).map(([text, open]) => ({ aliases: [`alias/${text}${open ? '*' : ''}`] }));
    const tags = fc.dictionary(name, name, { minKeys: 1, maxKeys: 2 }).map((record) => ({ tags: { ...record } }));
    const ids = fc.constantFrom('1', '2').map((digits) => ({ ids: [mrk(digits)] }));
    const all = fc.constant({ all: true });
    const account = accountId('111122223333');
    const key = fc.record({
      account: fc.constant(account),
      keyId: fc.constantFrom(mrk('1'), mrk('2')),
      aliases: fc.array(
        name.map((text) => `alias/${text}`),
        { maxLength: 1 },
      ),
      tags: fc.dictionary(name, name, { maxKeys: 4 }),
    });
    const pair = fc.oneof(
      fc.tuple(aliases, aliases),
      fc.tuple(tags, tags),
      fc.tuple(ids, ids),
      fc.tuple(all, fc.oneof(aliases, tags, ids)),
    );

    fc.assert(
      fc.property(pair, key, ([a, b], candidate) => {
        const [one, two] = [fleetWith({ keys: a }), fleetWith({ keys: b })];
        const taken = selects(one, candidate) && selects(two, candidate);
        if (taken)
          assert.equal(
            fleetOverlaps(
              new Map([
                ['one', one],
                ['two', two],
              ]),
            ).length,
            1,
          );
      }),
      { numRuns: 2_000 },
    );
  });
});
