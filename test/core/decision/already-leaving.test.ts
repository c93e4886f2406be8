import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alreadyLeaving, isRefuted } from '../../../core/decision/already-leaving.ts';
import { requestWith } from '../../support/runs.ts';

describe('A signal that another one of the same trouble was given a run for', () => {
  it('starts nothing, and names the run and how that stands', () => {
    assert.deepEqual(alreadyLeaving(requestWith(), 'payments-1-1', 'run payments-1-1 goes'), {
      decision: 'ignore',
      fleet: 'payments',
      request: requestWith(),
      rule: 'ALREADY_STARTED',
      why: 'Another signal of the same trouble has fleet payments leave us-east-1 for us-west-2, in run payments-1-1: run payments-1-1 goes.',
      liftedBy: [],
    });
  });

  it('joins it unless probes find its Region well', () => {
    const proposal = alreadyLeaving(requestWith(), 'r', 'it goes');
    const objecting = (rule: string) => ({
      ...proposal,
      judgement: { allowed: false, answers: [{ guard: 'impairment', kind: 'refuse', rule, why: 'so it is', liftedBy: 'time' }] } as const,
    });

    assert.deepEqual([proposal, objecting('LEASE_HELD'), objecting('SOURCE_HEALTHY')].map(isRefuted), [false, false, true]);
  });
});
