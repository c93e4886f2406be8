import assert from 'node:assert/strict';
import { it } from 'node:test';
import { examineRun } from '../../../core/evidence/examine.ts';
import { flipped, leftBy, runId } from '../../support/evidence.ts';

const left = leftBy(2, leftBy(1).evidence);

for (const file of ['summary', 'keys'] as const)
  it(`Each single bit of a run's ${file} that is flipped shows`, () => {
    for (const at of left[file].keys())
      for (let bit = 0; bit < 8; bit += 1) {
        const { flaws } = examineRun(runId(2), { ...left, [file]: flipped(left[file], at, bit) });
        assert.notEqual(flaws.length, 0, `byte ${at}, bit ${bit}`);
      }
  });
