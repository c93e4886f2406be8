import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { subjectOf } from '../../../functions/frame/subject.ts';

describe('What a step is about', () => {
  it('is its run, and the fleet in the run’s name', () => {
    assert.deepEqual(subjectOf({ runId: 'pay-ments-0123456789abcdef-12' }), { run: 'pay-ments-0123456789abcdef-12', fleet: 'pay-ments' });
  });

  it('is a run alone when a person named it', () => assert.deepEqual(subjectOf({ runId: 'by-hand' }), { run: 'by-hand' }));

  it('is nothing for an event without a run', () => {
    for (const event of [undefined, null, 'text', {}, { runId: 7 }]) assert.deepEqual(subjectOf(event), {});
  });
});
