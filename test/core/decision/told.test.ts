import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Decision } from '../../../core/decision/decision.ts';
import { told } from '../../../core/decision/told.ts';
import { requestWith } from '../../support/runs.ts';

const decisionWith = (changes: Partial<Decision> = {}): Decision => ({
  state: 'decided',
  at: Date.UTC(2026, 9, 20, 7, 52, 30),
  fleet: 'payments',
  signal: 'AWS Health: AWS_KMS_OPERATIONAL_ISSUE open in us-east-1',
  request: requestWith(),
  verb: 'approve',
  rule: 'POSTURE_APPROVE',
  why: 'the posture of fleet payments is approve',
  liftedBy: ['a person who approves'],
  ...changes,
});
const text = (changes?: Partial<Decision>): string => told('payments/abc', decisionWith(changes)).join('\n');

describe('a decision in plain words', () => {
  it('says what came, what was decided, why, and what would lift it', () => {
    const words = text();
    assert.match(words, /^2026-10-20T07:52:30Z {2}fleet payments \(failover, us-east-1 to us-west-2\): asked for approval/);
    assert.match(words, /came: {5}AWS Health: AWS_KMS_OPERATIONAL_ISSUE open/);
    assert.match(words, /because: {2}the posture of fleet payments is approve \[POSTURE_APPROVE\]/);
    assert.match(words, /lifted by: a person who approves/);
  });

  it('gives the command for a question that is open', () =>
    assert.match(
      text({ approval: { state: 'open', expiresAt: Date.UTC(2026, 9, 20, 12) } }),
      /open until 2026-10-20T12:00:00Z: mrk-failover approve payments\/abc/,
    ));

  it('says who approved, and when', () =>
    assert.match(
      text({ approval: { state: 'approved', expiresAt: 0, by: 'anna', at: 0 }, runId: 'r-1' }),
      /run: {6}r-1\n {2}approval: approved by anna at 1970/,
    ));

  it('says of a claim that nothing was decided yet', () => {
    const claim: Decision = { state: 'deciding', at: 0, fleet: 'payments', signal: 'x' };
    assert.match(
      told('payments/abc', claim).join('\n'),
      /is being decided, or whoever decided it died; the next delivery or the tick goes on/,
    );
  });

  it('names the person behind a deed', () => assert.match(text({ by: 'arn:aws:iam::111122223333:user/anna' }), /user\/anna acted/));
});
