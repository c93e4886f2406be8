import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stepInputSchema } from '../../../core/batch/step.ts';

const input = { runId: 'payments-0-1', stage: 'rest', batch: 3 };

describe('A step’s input', () => {
  it('is a run, a stage and a batch', () => assert.deepEqual(stepInputSchema.parse(input), input));

  for (const [title, wrong] of [
    ['no run', { ...input, runId: '' }],
    ['a run whose name no execution can have', { ...input, runId: 'x'.repeat(81) }],
    ['a stage that does not exist', { ...input, stage: 'later' }],
    ['batch 0: batches are numbered from 1', { ...input, batch: 0 }],
    ['half a batch', { ...input, batch: 1.5 }],
    ['a batch number in quotes', { ...input, batch: '3' }],
    ['keys, which never travel through the state machine', { ...input, keys: [] }],
  ] as const)
    it(`is refused with ${title}`, () => assert.equal(stepInputSchema.safeParse(wrong).success, false));
});
