import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DecisionMade } from '../../../core/decision/decision.ts';
import { decisionMade } from '../../../core/decision/decision-made.ts';
import { LIFECYCLE_EVENTS } from '../../../core/events/lifecycle.ts';
import { requestWith } from '../../support/runs.ts';

const bare: DecisionMade = {
  state: 'decided',
  at: 7,
  fleet: 'payments',
  signal: 'operator: stop',
  verb: 'observe',
  rule: 'STOPPED_BY_OPERATOR',
  why: 'Somebody stopped it.',
};

describe('The event of a decision', () => {
  for (const decision of [bare, { ...bare, liftedBy: ['time'], request: requestWith(), runId: 'payments-0123456789abcdef-1', by: 'anna' }])
    it(`keeps to its schema, ${decision.runId === undefined ? 'without' : 'with'} a run`, () => {
      assert.equal(LIFECYCLE_EVENTS['Decision Made'].safeParse(decisionMade('payments/1', decision).detail).error, undefined);
    });

  it('says where the primaries would go, and nothing of it where none would', () => {
    const { operation, source, target } = requestWith();
    const { detail } = decisionMade('payments/1', { ...bare, request: requestWith() });

    assert.deepEqual({ operation: detail.operation, source: detail.source, target: detail.target }, { operation, source, target });
    assert.deepEqual(Object.keys(decisionMade('payments/1', bare).detail).includes('source'), false);
  });
});
