import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bundled } from '../../../core/batch/bundled.ts';
import { newRecord } from '../../../core/batch/record.ts';
import { accountId } from '../../../core/region.ts';
import { mrk } from '../../support/fleet.ts';
import { ACCOUNT, SOURCE, TARGET } from '../../support/keys.ts';

const OTHER = accountId('444455556666');
const bound = (count: number, target = TARGET, account = ACCOUNT) =>
  Array.from({ length: count }, (_, index) => ({ record: newRecord({ account, keyId: mrk(`${target}${index}`) }), target }));

it('Keys are put together by account and target, at most fifty in a batch, in their order', () => {
  const batches = bundled([...bound(51), ...bound(1, SOURCE), ...bound(1, TARGET, OTHER)], 'back', 7);

  assert.deepEqual(
    batches.map(({ number, account, stage, target, records }) => [number, account, stage, target, records.length]),
    [
      [7, ACCOUNT, 'back', TARGET, 50],
      [8, ACCOUNT, 'back', TARGET, 1],
      [9, ACCOUNT, 'back', SOURCE, 1],
      [10, OTHER, 'back', TARGET, 1],
    ],
  );
  assert.deepEqual(
    batches.slice(0, 2).flatMap(({ records }) => records),
    bound(51).map(({ record }) => record),
  );
});
