import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type KeyRecord, newRecord } from '../../../core/batch/record.ts';
import { split } from '../../../core/batch/split.ts';
import { BATCH_KEYS_MAX } from '../../../core/limits.ts';
import { accountId } from '../../../core/region.ts';
import { mrk } from '../../support/fleet.ts';
import { ACCOUNT, TARGET } from '../../support/keys.ts';

const OTHER = accountId('444455556666');

const keys = (account: typeof ACCOUNT, specs: ReadonlyArray<string | undefined>): KeyRecord[] =>
  specs.map((spec, index) => ({ ...newRecord({ account, keyId: mrk(String(index)) }), ...(spec === undefined ? {} : { spec }) }));

const shapeOf = (records: readonly KeyRecord[]) =>
  split(records, TARGET).map(({ number, account, stage, records: some }) => [number, account, stage, some.length]);

describe('A fleet is split', () => {
  it('into a canary of one key for each kind, and batches of at most 50 for the rest', () => {
    const specs = Array.from({ length: 103 }, (_, index) =>
      index < 3 ? ['SYMMETRIC_DEFAULT', 'RSA_2048', 'SYMMETRIC_DEFAULT'][index] : undefined,
    );

    const batches = split(keys(ACCOUNT, specs), TARGET);

    assert.deepEqual(
      batches[0]?.records.map(({ spec }) => spec),
      ['SYMMETRIC_DEFAULT', 'RSA_2048'],
    );
    assert.deepEqual(
      batches.map(({ stage, records }) => [stage, records.length]),
      [
        ['canary', 2],
        ['rest', 50],
        ['rest', 50],
        ['rest', 1],
      ],
    );
  });

  it('by account, every canary before any rest', () => {
    assert.deepEqual(shapeOf([...keys(ACCOUNT, ['A', 'A']), ...keys(OTHER, ['A', 'B', 'B'])]), [
      [1, ACCOUNT, 'canary', 1],
      [2, OTHER, 'canary', 2],
      [3, ACCOUNT, 'rest', 1],
      [4, OTHER, 'rest', 1],
    ]);
  });

  it('with a canary of one key where no kind is known', () => {
    assert.deepEqual(shapeOf(keys(ACCOUNT, [undefined, undefined])), [
      [1, ACCOUNT, 'canary', 1],
      [2, ACCOUNT, 'rest', 1],
    ]);
  });

  it('with no empty batch: one key is a canary alone, and no key is nothing', () => {
    assert.deepEqual(shapeOf(keys(ACCOUNT, ['A'])), [[1, ACCOUNT, 'canary', 1]]);
    assert.deepEqual(shapeOf([]), []);
  });

  it('with a canary that stays small, however many kinds there are', () => {
    const kinds = Array.from({ length: 14 }, (_, index) => `KIND_${index}`);

    assert.deepEqual(shapeOf(keys(ACCOUNT, kinds)), [
      [1, ACCOUNT, 'canary', 10],
      [2, ACCOUNT, 'rest', 4],
    ]);
  });

  it('without losing or doubling a key, whatever it consists of', () => {
    const spec = fc.constantFrom(undefined, 'SYMMETRIC_DEFAULT', 'RSA_2048', 'HMAC_256');
    fc.assert(
      fc.property(fc.array(spec, { maxLength: 180 }), fc.array(spec, { maxLength: 60 }), (some, others) => {
        const records = [...keys(ACCOUNT, some), ...keys(OTHER, others)];

        const batches = split(records, TARGET);

        const name = ({ account, keyId }: KeyRecord) => `${account}/${keyId}`;
        assert.deepEqual(batches.flatMap((batch) => batch.records.map(name)).sort(), records.map(name).sort());
        assert.deepEqual(
          batches.map(({ number }) => number),
          batches.map((_, index) => index + 1),
        );
        for (const batch of batches) {
          assert.ok(batch.records.length >= 1 && batch.records.length <= BATCH_KEYS_MAX);
          assert.ok(batch.records.every(({ account }) => account === batch.account));
          assert.equal(batch.target, TARGET);
        }
      }),
    );
  });
});
