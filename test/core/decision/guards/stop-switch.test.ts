import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stopSwitch } from '../../../../core/decision/guards/stop-switch.ts';
import { known, unknown } from '../../../../core/decision/known.ts';
import type { Start } from '../../../../core/decision/start.ts';
import type { StopSwitch } from '../../../../core/decision/switch.ts';
import { circumstancesWith } from '../../../support/circumstances.ts';

const thrown: StopSwitch = { scope: 'global', owner: 'alice', reason: 'quarter end', thrownAt: 0, expiresAt: Date.UTC(2026, 11, 31, 12) };
const starts: readonly Start[] = [
  { by: 'signal' },
  { by: 'schedule' },
  { by: 'follow-up' },
  { by: 'person' },
  { by: 'approval', approvedBy: 'maria' },
];

describe('The stop switch', () => {
  it('lets a run pass while none is on', () => assert.deepEqual(stopSwitch.judge(circumstancesWith()), { kind: 'pass' }));

  it('stops everything while one is on, whoever asks, and says whose it is, why, and until when', () => {
    for (const start of starts) {
      assert.deepEqual(stopSwitch.judge(circumstancesWith({ switches: known([thrown]), start })), {
        kind: 'refuse',
        rule: 'STOP_SWITCH_ON',
        why: 'alice threw the global stop switch: quarter end',
        liftedBy: 'taking the switch back, or its expiry at 2026-12-31T12:00:00Z',
      });
    }
  });

  it('stops everything but people while nobody can read it', () => {
    const switches = unknown('the table timed out');

    assert.deepEqual(
      starts.map((start) => stopSwitch.judge(circumstancesWith({ switches, start })).kind),
      ['unknown', 'unknown', 'unknown', 'pass', 'pass'],
    );
  });
});
