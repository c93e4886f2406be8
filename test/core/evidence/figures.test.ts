import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concluded } from '../../../core/batch/record.ts';
import { figuresOf } from '../../../core/evidence/figures.ts';
import { evidenceLine } from '../../../core/evidence/line.ts';
import { because, PROMOTED } from '../../../core/outcome/outcome.ts';
import { recordWith } from '../../support/runs.ts';

describe('The figures of a run', () => {
  it('are counted from its lines', () => {
    const lines = [
      concluded(recordWith({ verifiedAt: 9 }), PROMOTED),
      concluded(recordWith({ verifiedAt: 4 }), PROMOTED),
      concluded(recordWith({ proof: 'proven' }), because('PRIMARY_UNREACHABLE')),
      concluded(recordWith(), because('PRIMARY_UNREACHABLE')),
      recordWith(),
    ].map(evidenceLine);

    const { outcomes, ...rest } = figuresOf(lines);

    assert.deepEqual([outcomes.promoted, outcomes.blocked, outcomes.failed], [2, 2, 0]);
    assert.deepEqual(rest, {
      keys: 5,
      reasons: { PRIMARY_UNREACHABLE: 2 },
      blockedWithoutProof: 1,
      firstVerifiedAt: 4,
      lastVerifiedAt: 9,
    });
  });

  it('have no times where nothing was verified', () => {
    const { keys, firstVerifiedAt, lastVerifiedAt } = figuresOf([]);

    assert.deepEqual([keys, firstVerifiedAt, lastVerifiedAt], [0, undefined, undefined]);
  });
});
