import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StopSwitch } from '../../../../core/decision/guard.ts';
import { stopSwitch } from '../../../../core/decision/guards/stop-switch.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';

const thrown: StopSwitch = { scope: 'global', owner: 'alice', reason: 'quarter end', expiresAt: Date.UTC(2026, 11, 31, 12) };

describe('The stop switch', () => {
  it('lets a run pass while none is on', () => assert.deepEqual(stopSwitch.judge(circumstancesWith()), { kind: 'pass' }));

  it('stops everything while one is on, and says whose it is, why, and until when', () => {
    assert.deepEqual(stopSwitch.judge(circumstancesWith({ switches: [thrown] })), {
      kind: 'refuse',
      why: 'alice threw the global stop switch: quarter end',
      liftedBy: 'taking the switch back, or its expiry at 2026-12-31T12:00:00.000Z',
    });
  });

  it('stops persons and follow-ups as well', () => {
    const switches = [{ ...thrown, scope: 'fleet' as const }];

    assert.equal(stopSwitch.judge(circumstancesWith({ switches, automatic: false })).kind, 'refuse');
    assert.equal(stopSwitch.judge(circumstancesWith({ switches, followUp: true })).kind, 'refuse');
  });
});
