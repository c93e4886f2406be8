import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decisionsTold } from '../../../../cli/report/view/decisions.ts';
import type { NamedDecision } from '../../../../cli/why/named-decision.ts';

const decision = (id: string, words: Partial<NamedDecision['decision']> = {}): NamedDecision => ({
  id,
  decision: {
    state: 'decided',
    at: 0,
    fleet: 'payments',
    signal: 'AWS Health',
    verb: 'observe',
    rule: 'COOLDOWN',
    why: 'moved lately',
    ...words,
  },
});

describe('Decisions on the page', () => {
  it('tell objections with what lifts them, remarks, and who passed without one', () => {
    const refusal = { guard: 'cooldown', kind: 'refuse', rule: 'COOLDOWN', why: 'moved lately', liftedBy: 'waiting' } as const;
    const answers = [refusal, { guard: 'posture', kind: 'pass' }, { guard: 'lease', kind: 'pass', why: 'it takes it over' }] as const;
    const [told] = decisionsTold([decision('payments/1', { judgement: { allowed: false, answers } })], undefined).told;

    assert.deepEqual(told?.objections, [refusal]);
    assert.deepEqual(told?.remarks, [{ guard: 'lease', why: 'it takes it over' }]);
    assert.deepEqual(told?.silent, ['posture']);
    assert.equal(told?.headline, '1970-01-01T00:00:00Z  fleet payments: did nothing, and says why');
  });

  it('are those of the fleet, and deeds that concern all', () => {
    const all = [decision('payments/1'), decision('ledger/1', { fleet: 'ledger' }), decision('all/1', { fleet: 'all' })];

    assert.deepEqual(
      decisionsTold(all, 'ledger').told.map(({ id }) => id),
      ['ledger/1', 'all/1'],
    );
    assert.equal(decisionsTold(all, undefined).told.length, 3);
  });

  it('are the latest hundred, and it is known how many are not there', () => {
    const { told, leftOut } = decisionsTold(
      Array.from({ length: 103 }, (_, index) => decision(`payments/${index}`)),
      'payments',
    );

    assert.deepEqual([told.length, told[0]?.id, leftOut], [100, 'payments/3', 3]);
  });
});
