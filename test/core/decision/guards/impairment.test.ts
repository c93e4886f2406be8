import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Circumstances } from '../../../../core/decision/circumstances.ts';
import { impairment } from '../../../../core/decision/guards/impairment.ts';
import { known, unknown } from '../../../../core/decision/known.ts';
import type { Start } from '../../../../core/decision/start.ts';
import { region } from '../../../../core/region.ts';
import { OPERATIONS, type Operation } from '../../../../core/run/operation.ts';
import type { Verdict } from '../../../../core/verdict/verdict.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';
import { requestWith } from '../../../support/runs.ts';

const VERDICTS: readonly Verdict[] = ['degraded', 'unreachable', 'healthy', 'unknown'];
const judged = (operation: Operation, start: Start): readonly string[] =>
  VERDICTS.map((verdict) => {
    const verdicts = new Map([[region('us-east-1'), { verdict, why: 'the test says so' }]]);
    const answer = impairment.judge(circumstancesWith({ request: requestWith({ operation }), start, verdicts }));
    return answer.kind === 'pass' ? 'pass' : answer.rule;
  });

describe('The impairment of the source', () => {
  it('has to be seen by our own probes before a signal moves keys', () => {
    assert.deepEqual(judged('failover', { by: 'signal' }), ['pass', 'pass', 'SOURCE_HEALTHY', 'SOURCE_UNKNOWN']);
  });

  it('does not matter to what was decided on already', () => {
    for (const start of [{ by: 'person' }, { by: 'approval', approvedBy: 'maria' }, { by: 'follow-up' }] as const)
      assert.deepEqual(judged('failover', start), ['pass', 'pass', 'pass', 'pass']);
  });

  it('keeps a drill from beginning, and not one from going on', () => {
    assert.deepEqual(judged('drill', { by: 'schedule' }), ['SOURCE_IMPAIRED', 'SOURCE_IMPAIRED', 'pass', 'SOURCE_UNKNOWN']);
    assert.deepEqual(judged('drill', { by: 'person' }), ['SOURCE_IMPAIRED', 'SOURCE_IMPAIRED', 'pass', 'pass']);
    assert.deepEqual(judged('drill', { by: 'follow-up' }), ['pass', 'pass', 'pass', 'pass']);
  });

  it('that is an open incident keeps a drill from beginning, although probes see nothing', () => {
    const verdicts = new Map([[region('us-east-1'), { verdict: 'healthy', why: 'the test says so' } as const]]);
    const request = requestWith({ operation: 'drill' });
    const ruleFor = (start: Start, incidents: Circumstances['incidents']) => {
      const answer = impairment.judge(circumstancesWith({ request, start, verdicts, incidents }));
      return answer.kind === 'pass' ? 'pass' : answer.rule;
    };
    const inSource = known([{ incident: 'health-1', region: region('us-east-1') }]);
    const inTarget = known([{ incident: 'health-1', region: region('us-west-2') }]);

    for (const by of ['schedule', 'person'] as const) assert.equal(ruleFor({ by }, inSource), 'SOURCE_IN_TROUBLE');
    assert.equal(ruleFor({ by: 'follow-up' }, inSource), 'pass');
    assert.equal(ruleFor({ by: 'schedule' }, inTarget), 'pass');
    assert.equal(ruleFor({ by: 'schedule' }, unknown('the table is silent')), 'SOURCE_UNKNOWN');
    assert.equal(ruleFor({ by: 'person' }, unknown('the table is silent')), 'pass');
  });

  it('does not matter to failback and switchover', () => {
    for (const operation of OPERATIONS.filter((name) => name === 'failback' || name === 'switchover'))
      assert.deepEqual(judged(operation, { by: 'signal' }), ['pass', 'pass', 'pass', 'pass']);
  });

  it('that is total is said to park keys', () => {
    const verdicts = new Map([[region('us-east-1'), { verdict: 'unreachable', why: '20 of 20 probes failed' } as const]]);

    assert.deepEqual(impairment.judge(circumstancesWith({ verdicts })), {
      kind: 'pass',
      why: 'KMS in us-east-1 does not answer, so keys will be parked and move when it answers again: 20 of 20 probes failed',
    });
  });
});
