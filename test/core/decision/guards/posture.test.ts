import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { posture } from '../../../../core/decision/guards/posture.ts';
import type { Start } from '../../../../core/decision/start.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';
import { fleetWith } from '../../../support/fleet.ts';
import { requestWith } from '../../../support/runs.ts';

const judged = (stance: string, start: Start, operation: 'failover' | 'drill' = 'failover') => {
  const answer = posture.judge(circumstancesWith({ fleet: fleetWith({ posture: stance }), start, request: requestWith({ operation }) }));
  return answer.kind === 'pass' ? 'pass' : answer.rule;
};

describe('The posture', () => {
  it('decides what a signal may start', () => {
    const signal: Start = { by: 'signal' };

    assert.deepEqual(
      ['observe', 'approve', 'automatic'].map((stance) => judged(stance, signal)),
      ['POSTURE_OBSERVE', 'POSTURE_APPROVE', 'pass'],
    );
  });

  it('lets a drill go on its schedule unless the fleet only observes', () => {
    const schedule: Start = { by: 'schedule' };

    assert.deepEqual(
      ['observe', 'approve', 'automatic'].map((stance) => judged(stance, schedule, 'drill')),
      ['POSTURE_OBSERVE', 'pass', 'pass'],
    );
  });

  for (const start of [{ by: 'person' }, { by: 'approval', approvedBy: 'maria' }, { by: 'follow-up' }] as const) {
    it(`does not bind what was decided on already: ${start.by}`, () => {
      assert.deepEqual(
        ['observe', 'approve'].map((stance) => judged(stance, start)),
        ['pass', 'pass'],
      );
    });
  }

  it('does not take anybody’s word for an approval of which there is no record, not even of an automatic fleet', () => {
    assert.deepEqual(
      ['observe', 'approve', 'automatic'].map((stance) => judged(stance, { by: 'approval', approvedBy: undefined })),
      ['APPROVER_UNKNOWN', 'APPROVER_UNKNOWN', 'APPROVER_UNKNOWN'],
    );
  });

  it('lets a fleet go home by itself only when its file says so', () => {
    const request = requestWith({ operation: 'failback' });
    const at = (automatic: boolean) =>
      posture.judge(circumstancesWith({ request, fleet: fleetWith({ posture: 'automatic', failback: { automatic } }) })).kind;

    assert.deepEqual([at(true), at(false)], ['pass', 'refuse']);
  });
});
