import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concluded } from '../../../core/batch/record.ts';
import { because, PROMOTED } from '../../../core/outcome/outcome.ts';
import { accountId } from '../../../core/region.ts';
import { finalRecords } from '../../../functions/report/figures.ts';
import { keyRef, SOURCE } from '../../support/keys.ts';
import { batchWith, recordWith } from '../../support/runs.ts';

const other = accountId('444455556666');

describe('The final records of a run', () => {
  it('are one for each key of every batch', () => {
    const first = concluded(recordWith(), PROMOTED);
    const second = concluded(recordWith(keyRef('2')), because('NO_REPLICA'));

    assert.deepEqual(finalRecords([batchWith({ records: [first] }), batchWith({ number: 2, records: [second] })]), [first, second]);
  });

  it('tell keys of the same ID in two accounts apart', () => {
    const mine = concluded(recordWith(), PROMOTED);

    assert.equal(
      finalRecords([batchWith({ records: [mine] }), batchWith({ number: 2, account: other, records: [{ ...mine, account: other }] })])
        .length,
      2,
    );
  });

  it('give a key that no step brought to an outcome one, by whether it was attempted', () => {
    const batch = batchWith({ records: [recordWith({ phase: 'sent', attempts: 1 }), recordWith({ ...keyRef('2'), phase: 'ready' })] });

    assert.deepEqual(
      finalRecords([batch]).map(({ phase, outcome }) => [phase, outcome]),
      [
        ['done', because('UNREADABLE')],
        ['done', because('RUN_ENDED')],
      ],
    );
  });

  it('of a drill tell the key by its way back, with the calls of both ways', () => {
    const there = concluded(recordWith({ attempts: 1, requestIds: ['there'], verifiedAt: 1 }), PROMOTED);
    const back = concluded(recordWith({ attempts: 2, requestIds: ['back'], primary: SOURCE, verifiedAt: 2 }), because('PROOF_FAILED'));

    assert.deepEqual(finalRecords([batchWith({ records: [there] }), batchWith({ number: 2, stage: 'back', records: [back] })]), [
      { ...back, attempts: 3, requestIds: ['there', 'back'] },
    ]);
  });

  it('of a drill that ended there tell the key by its way there', () => {
    const there = concluded(recordWith({ attempts: 1 }), PROMOTED);

    assert.deepEqual(finalRecords([batchWith({ records: [there] })]), [there]);
  });

  it('of a drill whose way back found no end do not show the way there as the end', () => {
    const there = concluded(recordWith({ attempts: 1 }), PROMOTED);

    const [record] = finalRecords([batchWith({ records: [there] }), batchWith({ number: 2, stage: 'back', records: [recordWith()] })]);

    assert.deepEqual(record?.outcome, because('RUN_ENDED'));
  });
});
