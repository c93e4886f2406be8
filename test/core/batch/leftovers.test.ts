import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Batch } from '../../../core/batch/batch.ts';
import { leftovers, swept } from '../../../core/batch/leftovers.ts';
import { newRecord } from '../../../core/batch/record.ts';
import { PROMOTED } from '../../../core/outcome/outcome.ts';
import { accountId } from '../../../core/region.ts';
import { mrk } from '../../support/fleet.ts';
import { ACCOUNT, SOURCE } from '../../support/keys.ts';
import { batchWith } from '../../support/runs.ts';

const OTHER = accountId('444455556666');
const key = (name: string, account = ACCOUNT) => newRecord({ account, keyId: mrk(name) });
const done = (name: string, account = ACCOUNT) => ({ ...key(name, account), phase: 'done' as const, outcome: PROMOTED });
const idsOf = ({ records }: Batch) => records.map(({ keyId }) => keyId);

/** Of 60 batches with one straggler each. */
const stragglers = Array.from({ length: 60 }, (_, index) =>
  batchWith({ number: index + 1, stage: index === 0 ? 'canary' : 'rest', records: [done(`a${index}`), key(`b${index}`)] }),
);

describe('A sweep', () => {
  it('puts the stragglers of many batches together, at most fifty in one', () => {
    const batches = leftovers(stragglers, 'sweep');

    assert.deepEqual(
      batches.map(({ stage, records }) => [stage, records.length]),
      [
        ['sweep', 50],
        ['sweep', 10],
      ],
    );
    assert.equal(new Set(batches.flatMap(idsOf)).size, 60);
  });

  it('keeps accounts apart, and on a way back the Regions that keys go home to', () => {
    const apart = [batchWith({ records: [key('1')] }), batchWith({ number: 2, account: OTHER, records: [key('1', OTHER)] })];
    const home = [
      batchWith({ stage: 'back', records: [key('1')] }),
      batchWith({ number: 2, stage: 'back', target: SOURCE, records: [key('2')] }),
    ];

    assert.equal(leftovers(apart, 'sweep').length, 2);
    assert.equal(leftovers(home, 'back-sweep').length, 2);
  });

  it('takes up nothing of the other way', () =>
    assert.deepEqual(leftovers([batchWith({ stage: 'back', records: [key('1')] })], 'sweep'), []));

  it('is the same whoever makes it, also when some of it is written already', () => {
    const [first] = leftovers(stragglers, 'sweep');

    assert.deepEqual(leftovers([...stragglers, ...(first === undefined ? [] : [first])], 'sweep'), leftovers(stragglers, 'sweep'));
  });

  it('speaks for the keys that it took up, in the batches that they were planned in', () => {
    const [first, second] = leftovers(stragglers, 'sweep').map((batch) => ({
      ...batch,
      records: batch.records.map((r) => ({ ...r, attempts: 2 })),
    }));
    assert.ok(first !== undefined && second !== undefined);
    const batches = swept([...stragglers, first, second]);

    assert.deepEqual(
      batches.slice(0, 60).map(({ records }) => records.map(({ attempts }) => attempts)),
      stragglers.map(() => [0, 2]),
    );
    assert.deepEqual(batches.slice(60).flatMap(idsOf), []);
  });

  it('yields to an outcome that somebody gave a key since', () => {
    const closed = batchWith({ records: [done('1')] });
    const open = batchWith({ number: 500_001, stage: 'sweep', records: [key('1')] });

    assert.deepEqual(swept([closed, open])[0]?.records[0]?.outcome, PROMOTED);
  });
});
