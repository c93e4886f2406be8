import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concluded, type KeyRecord } from '../../../../core/batch/record.ts';
import { because, PROMOTED } from '../../../../core/outcome/outcome.ts';
import { accountId } from '../../../../core/region.ts';
import { finalRecords } from '../../../../functions/frame/ending/final-records.ts';
import { keyRef, SOURCE, TARGET } from '../../../support/keys.ts';
import { batchWith, recordWith } from '../../../support/runs.ts';

const other = accountId('444455556666');

const wayBackWith = (record: KeyRecord) => batchWith({ number: 2, stage: 'back', records: [record] });

describe('The final records of a run', () => {
  it('are one for each key of every batch', () => {
    const first = concluded(recordWith(), PROMOTED);
    const second = concluded(recordWith(keyRef('2')), because('NO_REPLICA'));

    assert.deepEqual(finalRecords([batchWith({ records: [first] }), batchWith({ number: 2, records: [second] })], 'failover'), [
      first,
      second,
    ]);
  });

  it('tell keys of the same ID in two accounts apart', () => {
    const mine = concluded(recordWith(), PROMOTED);

    assert.equal(
      finalRecords(
        [batchWith({ records: [mine] }), batchWith({ number: 2, account: other, records: [{ ...mine, account: other }] })],
        'failover',
      ).length,
      2,
    );
  });

  it('give a key that no step brought to an outcome one, by whether it was attempted', () => {
    const batch = batchWith({ records: [recordWith({ phase: 'sent', attempts: 1 }), recordWith({ ...keyRef('2'), phase: 'ready' })] });

    assert.deepEqual(
      finalRecords([batch], 'failover').map(({ phase, outcome }) => [phase, outcome]),
      [
        ['done', because('UNREADABLE')],
        ['done', because('RUN_ENDED')],
      ],
    );
  });

  it('of a drill that went well both ways are promoted, with the calls of both', () => {
    const there = concluded(recordWith({ attempts: 1, requestIds: ['there'], origin: SOURCE, verifiedAt: 1 }), PROMOTED);
    const back = concluded(recordWith({ attempts: 2, requestIds: ['back'], origin: TARGET, verifiedAt: 2 }), PROMOTED);

    assert.deepEqual(finalRecords([batchWith({ records: [there] }), wayBackWith(back)], 'drill'), [
      { ...back, origin: SOURCE, attempts: 3, requestIds: ['there', 'back'] },
    ]);
  });

  for (const { case: name, there, back, ends } of [
    { case: 'a bad way back', there: PROMOTED, back: because('PROOF_FAILED'), ends: because('PROOF_FAILED') },
    { case: 'a bad way there and a good way back', there: because('PROOF_REFUSED'), back: PROMOTED, ends: because('PROOF_REFUSED') },
    { case: 'a way back that was halted', there: PROMOTED, back: because('PREEMPTED'), ends: because('NOT_RETURNED') },
    { case: 'a way back that nobody began', there: PROMOTED, back: undefined, ends: because('NOT_RETURNED') },
    { case: 'a key that was never moved', there: because('NO_REPLICA'), back: undefined, ends: because('NO_REPLICA') },
  ]) {
    it(`of a drill are as bad as the worse way: ${name}`, () => {
      const outward = concluded(recordWith({ attempts: there.kind === 'ineligible' ? 0 : 1 }), there);
      const batches = back === undefined ? [] : [wayBackWith(concluded(recordWith({ attempts: 1 }), back))];

      assert.deepEqual(
        finalRecords([batchWith({ records: [outward] }), ...batches], 'drill').map(({ outcome }) => outcome),
        [ends],
      );
    });
  }

  it('of a drill whose way back found no end do not show the way there as the end', () => {
    const there = concluded(recordWith({ attempts: 1 }), PROMOTED);

    const [record] = finalRecords([batchWith({ records: [there] }), wayBackWith(recordWith())], 'drill');

    assert.deepEqual(record?.outcome, because('NOT_RETURNED'));
  });
});
