import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isComplete, isOverdue, isSweep, merged, STAGES } from '../../../core/batch/batch.ts';
import { type KeyRecord, PHASES } from '../../../core/batch/record.ts';
import { BATCH_MS_MAX } from '../../../core/limits.ts';
import { because, PROMOTED } from '../../../core/outcome/outcome.ts';
import { keyRef } from '../../support/keys.ts';
import { anyOutcome } from '../../support/outcomes.ts';
import { batchWith, recordWith } from '../../support/runs.ts';

const T = 1_000_000;
const window = { id: '1-0', firstSlotAt: T, spacingMs: 250, count: 2 };

describe('A batch', () => {
  it('is complete when every key has its outcome', () => {
    const done = recordWith({ phase: 'done', outcome: PROMOTED });

    assert.equal(isComplete(batchWith({ records: [done, done] })), true);
    assert.equal(isComplete(batchWith({ records: [done, recordWith({ phase: 'moved' })] })), false);
  });

  it('is not overdue before anybody looked at it', () => assert.equal(isOverdue(batchWith(), Number.MAX_SAFE_INTEGER), false));

  it('is overdue 15 minutes after a stage opened it', () => {
    const batch = batchWith({ opened: { stage: 'rest', at: T } });

    assert.equal(isOverdue(batch, T + BATCH_MS_MAX - 1), false);
    assert.equal(isOverdue(batch, T + BATCH_MS_MAX), true);
  });

  it('is brought to its end by the two sweeps', () => assert.deepEqual(STAGES.filter(isSweep), ['sweep', 'back-sweep']));
});

/** One key as two runs of the same step may leave it. */
const anyRecord = fc
  .record({
    phase: fc.constantFrom(...PHASES),
    attempts: fc.integer({ min: 0, max: 3 }),
    outcome: anyOutcome,
    requestIds: fc.subarray(['a', 'b', 'c']),
  })
  .map(({ outcome, ...rest }): KeyRecord => recordWith(rest.phase === 'done' ? { ...rest, outcome } : rest));

const mergedRecord = (stored: KeyRecord, ours: KeyRecord): KeyRecord =>
  merged(batchWith({ records: [stored] }), batchWith({ records: [ours] })).records[0] ?? assert.fail('the key is lost');

const halted = recordWith({ phase: 'done', outcome: because('STOPPED') });
const sent = recordWith({ phase: 'sent', attempts: 1, requestIds: ['a'] });
const promoted = recordWith({ phase: 'done', outcome: PROMOTED, attempts: 1 });

describe('Two accounts of one batch, merged,', () => {
  it('keep of each key the one that came further', () => {
    for (const [index, phase] of PHASES.entries()) {
      const ahead = recordWith({ phase });
      for (const behind of PHASES.slice(0, index)) {
        assert.equal(mergedRecord(ahead, recordWith({ phase: behind })).phase, phase);
        assert.equal(mergedRecord(recordWith({ phase: behind }), ahead).phase, phase);
      }
    }
  });

  it('keep the one with more attempts where both came equally far, and ours where they are alike', () => {
    assert.equal(mergedRecord(recordWith({ attempts: 2, detail: 'stored' }), recordWith({ attempts: 1, detail: 'ours' })).detail, 'stored');
    assert.equal(mergedRecord(recordWith({ attempts: 1, detail: 'stored' }), recordWith({ attempts: 2, detail: 'ours' })).detail, 'ours');
    assert.equal(mergedRecord(recordWith({ detail: 'stored' }), recordWith({ detail: 'ours' })).detail, 'ours');
  });

  it('know every request that was sent', () => {
    assert.deepEqual(mergedRecord({ ...sent, requestIds: ['a', 'b'] }, { ...sent, requestIds: ['b', 'c'] }).requestIds, ['a', 'b', 'c']);
  });

  it('let the outcome stand that was stored first', () => {
    const failed = recordWith({ phase: 'done', outcome: because('PROOF_FAILED'), attempts: 1 });

    assert.deepEqual(mergedRecord(failed, promoted).outcome, because('PROOF_FAILED'));
    assert.deepEqual(mergedRecord(promoted, failed).outcome, PROMOTED);
  });

  it('do not call a key halted before it was attempted when one of the two attempted it', () => {
    assert.deepEqual(mergedRecord(halted, sent), sent);
    assert.deepEqual(mergedRecord(sent, halted), sent);
    assert.deepEqual(mergedRecord(halted, recordWith()).outcome, because('STOPPED'));
  });

  it('know when the batch was opened and which slots it has, whichever of the two did it', () => {
    const opened = { stage: 'rest' as const, at: T };

    assert.deepEqual(merged(batchWith({ opened, window }), batchWith()), batchWith({ opened, window }));
    assert.deepEqual(merged(batchWith(), batchWith({ opened, window })), batchWith({ opened, window }));
  });

  it('do not mix up keys that stand in different places', () => {
    const other = { ...promoted, ...keyRef('2') };

    assert.deepEqual(mergedRecord(other, recordWith()), recordWith());
  });

  it('are never behind either of the two, but for an outcome that the other refutes', () => {
    const isHalted = (record: KeyRecord) => record.outcome?.kind === 'halted';
    fc.assert(
      fc.property(anyRecord, anyRecord, (stored, ours) => {
        const both = mergedRecord(stored, ours);

        assert.deepEqual(new Set(both.requestIds), new Set([...stored.requestIds, ...ours.requestIds]));
        for (const one of [stored, ours]) if (!isHalted(one)) assert.ok(PHASES.indexOf(both.phase) >= PHASES.indexOf(one.phase));
        if (stored.outcome !== undefined && !isHalted(stored)) assert.equal(both.outcome, stored.outcome);
      }),
    );
  });

  it('give the same again when the same account is merged once more', () => {
    fc.assert(
      fc.property(anyRecord, anyRecord, (stored, ours) => {
        const both = mergedRecord(stored, ours);

        assert.deepEqual(mergedRecord(both, ours), both);
        assert.deepEqual(mergedRecord(both, both), both);
      }),
    );
  });
});
