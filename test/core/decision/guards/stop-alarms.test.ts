import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Circumstances } from '../../../../core/decision/circumstances.ts';
import { stopAlarms } from '../../../../core/decision/guards/stop-alarms.ts';
import { known, unknown } from '../../../../core/decision/known.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';
import { requestWith } from '../../../support/runs.ts';

const ringing = known([{ name: 'checkout-errors', since: Date.UTC(2026, 9, 20, 7) }]);
const judged = (changes: Partial<Circumstances>) =>
  stopAlarms.judge(circumstancesWith({ request: requestWith({ operation: 'drill' }), start: { by: 'schedule' }, ...changes }));

describe('A stop alarm that rings', () => {
  it('keeps a drill from beginning, whoever asks for it', () => {
    for (const by of ['schedule', 'person'] as const) {
      const answer = judged({ stopAlarms: ringing, start: { by } });

      assert.deepEqual(answer.kind === 'pass' ? answer : [answer.rule, answer.why], [
        'STOP_ALARM_RINGS',
        'checkout-errors has been in ALARM since 2026-10-20T07:00:00Z, and would end the drill',
      ]);
    }
  });

  it('does not keep a drill’s keys from coming home, nor any other operation from its work', () => {
    assert.equal(judged({ stopAlarms: ringing, start: { by: 'follow-up' } }).kind, 'pass');
    for (const operation of ['failover', 'failback', 'switchover'] as const)
      assert.equal(judged({ stopAlarms: ringing, request: requestWith({ operation }) }).kind, 'pass');
  });

  it('of which nobody can say whether it rings skips a scheduled drill, and a person takes it upon them', () => {
    const stopAlarms = unknown('the table is silent');
    const answer = judged({ stopAlarms });

    assert.equal(answer.kind === 'unknown' && answer.rule, 'STOP_ALARMS_UNKNOWN');
    assert.equal(judged({ stopAlarms, start: { by: 'person' } }).kind, 'pass');
  });

  it('that is OK passes', () => assert.deepEqual(judged({ stopAlarms: known([]) }), { kind: 'pass' }));
});
