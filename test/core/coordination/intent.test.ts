import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  closed,
  givenUp,
  INTENT_MS_MAX,
  type Intent,
  isWaiting,
  nextRun,
  nextRunAt,
  opened,
  renewed,
  settled,
  startOf,
  supersededBy,
  withIncidentOn,
  withIncidentOver,
  withLostRun,
  withRun,
} from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import { keyRef, SOURCE } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';

const request = requestWith();
const waiting: Intent = { request, openedAt: 5, runs: ['r-1'], state: 'open', blockedSample: [{ ...keyRef(), region: SOURCE }] };

describe('An intent', () => {
  it('opens with its first run', () => {
    assert.deepEqual(withRun(undefined, request, 'r-1', 5), {
      request,
      openedAt: 5,
      runs: ['r-1'],
      state: 'open',
      blockedSample: [],
      planned: true,
    });
  });

  it('has each run once, however often the run’s plan is repeated', () => {
    const once = withRun(waiting, request, 'r-2', 9);

    assert.deepEqual(once.runs, ['r-1', 'r-2']);
    assert.deepEqual(withRun(once, request, 'r-2', 10), once);
  });

  it('keeps its age and its blocked keys from run to run', () => {
    assert.deepEqual(withRun(waiting, request, 'r-2', 9), { ...waiting, runs: ['r-1', 'r-2'], planned: true });
  });

  it('that was closed opens again with another run', () => {
    assert.equal(withRun({ ...waiting, state: 'closed' }, request, 'r-2', 9).state, 'open');
  });
});

describe('The tick looks after an intent', () => {
  it('that is open and has blocked keys', () => assert.equal(isWaiting(waiting, 6), true));

  it('for a day, and leaves it to people then', () => {
    assert.equal(isWaiting(waiting, 5 + INTENT_MS_MAX - 1), true);
    assert.equal(isWaiting(waiting, 5 + INTENT_MS_MAX), false);
  });

  it('that is open although nothing is blocked: its run may never have reported', () => {
    assert.equal(isWaiting({ ...waiting, blockedSample: [] }, 6), true);
  });

  it('not when it is closed', () => assert.equal(isWaiting({ ...waiting, state: 'closed' }, 6), false));
});

describe('A run that ended before it had a plan', () => {
  it('is noted among the runs of an open intent', () => {
    assert.deepEqual(withLostRun(waiting, 'r-2'), { ...waiting, runs: ['r-1', 'r-2'] });
  });

  it('is noted by one alone, and not in an intent that was closed or is none', () => {
    for (const intent of [undefined, { ...waiting, state: 'closed' as const }, { ...waiting, runs: ['r-1', 'r-2'] }])
      assert.equal(withLostRun(intent, 'r-2'), undefined);
  });
});

describe('What a run leaves of its intent', () => {
  const left = { state: 'closed', blockedSample: [] } as const;
  const rest = { ...left, moved: false };

  it('is written by its last run alone', () => {
    assert.deepEqual(settled(waiting, 'r-1', rest), { ...waiting, ...left });
    assert.equal(settled({ ...waiting, runs: ['r-1', 'r-2'] }, 'r-1', rest), undefined);
    assert.equal(settled(undefined, 'r-1', rest), undefined);
  });

  it('remembers that a key has moved, also when a later run moves none', () => {
    const moved = settled(waiting, 'r-1', { ...rest, moved: true });

    assert.equal(moved?.moved, true);
    assert.equal(settled(moved, 'r-1', rest)?.moved, true);
  });
});

describe('An intent whose incident is over', () => {
  it('knows since when, and the first word of it stands', () => {
    const over = withIncidentOver(waiting, 7);

    assert.equal(over?.incidentOverAt, 7);
    assert.equal(withIncidentOver(over, 8), undefined);
  });

  it('forgets it when another incident of the same trouble goes on', () => {
    const over = withIncidentOver(waiting, 7);

    assert.deepEqual(withIncidentOn(over), waiting);
    assert.equal(withIncidentOn(waiting), undefined);
    assert.equal(withIncidentOn(undefined), undefined);
    assert.equal(withIncidentOn({ ...waiting, state: 'closed', incidentOverAt: 7 }), undefined);
  });

  it('has nothing to know when it is closed or none', () => {
    assert.equal(withIncidentOver({ ...waiting, state: 'closed' }, 7), undefined);
    assert.equal(withIncidentOver(undefined, 7), undefined);
  });
});

describe('An intent whose time is over', () => {
  it('is closed, and known by that, until somebody wants it again', () => {
    const given = givenUp(waiting, 'nobody came');

    assert.deepEqual(given, { ...waiting, state: 'closed', closedBecause: 'nobody came', isGivenUp: true });
    assert.equal(givenUp(given, 'again'), undefined);
    assert.deepEqual(renewed(given ?? assert.fail(), 7), { ...waiting, openedAt: 7 });
  });
});

describe('An intent that is given up', () => {
  it('says why, and is given up once', () => {
    const given = closed(waiting, 'nobody came');

    assert.deepEqual(given, { ...waiting, state: 'closed', closedBecause: 'nobody came' });
    assert.equal(closed(given, 'again'), undefined);
    assert.equal(closed(undefined, 'again'), undefined);
  });

  it('says so no longer when a person takes it up again, and has its full time ahead', () => {
    assert.deepEqual(withRun(closed(waiting, 'nobody came'), request, 'r-1', 9), { ...waiting, planned: true, openedAt: 9 });
  });
});

describe('The start of an intent’s next run', () => {
  it('is a signal’s, or a schedule’s for a drill, until one had a plan', () => {
    assert.deepEqual(startOf(opened(request, 0)), { by: 'signal' });
    assert.deepEqual(startOf(opened(requestWith({ operation: 'drill' }), 0)), { by: 'schedule' });
  });

  it('is that of whoever approved it, until one had a plan', () => {
    assert.deepEqual(startOf({ ...opened(request, 0), approvedBy: 'ann' }), { by: 'approval', approvedBy: 'ann' });
  });

  it('is a follow-up from then on', () => {
    assert.deepEqual(startOf(withRun({ ...opened(request, 0), approvedBy: 'ann' }, request, 'r-1', 0)), { by: 'follow-up' });
  });
});

describe('The next run of an intent', () => {
  it('has the name after those of its runs, and none of theirs', () => {
    assert.equal(nextRun('i', opened(request, 5)), 'i-1');
    assert.equal(nextRun('i', { ...waiting, runs: ['i-1', 'by-hand'] }), 'i-3');
    assert.equal(nextRun('i', { ...waiting, runs: ['i-1', 'i-3'] }), 'i-4');
  });

  it('is due a minute later after each run, and half an hour later at most', () => {
    assert.equal(nextRunAt(waiting, 1_000), 61_000);
    assert.equal(nextRunAt({ ...waiting, runs: ['i-1', 'i-2'] }, 1_000), 121_000);
    assert.equal(nextRunAt({ ...waiting, runs: Array.from({ length: 90 }, (_, index) => `i-${index + 1}`) }, 1_000), 1_801_000);
  });
});

describe('An intent is superseded', () => {
  const lease: Lease = { holder: 'i-2', operation: 'failover', fence: 3, expiresAt: 9, released: true };
  const by = (changes: Partial<Lease>) => supersededBy('i', { ...waiting, runs: ['i-1', 'by-hand'] }, { ...lease, ...changes }, undefined);

  it('by the run of another intent that has had the fleet since, or that asked for it', () => {
    assert.equal(by({ holder: 'other-1' }), 'other-1');
    assert.equal(by({ holder: 'i-1', operation: 'drill', preemptedBy: 'other-1' }), 'other-1');
  });

  it('by no run of its own, planned or not, nor by a drill, which brings back what it moved', () => {
    for (const holder of ['i-1', 'by-hand', 'i-2']) assert.equal(by({ holder }), undefined);
    assert.equal(by({ holder: 'i-1', preemptedBy: 'i-2' }), undefined);
    assert.equal(by({ holder: 'drill-1', operation: 'drill' }), undefined);
    assert.equal(supersededBy('i', waiting, undefined, undefined), undefined);
  });

  it('by a move that a later drill has hidden behind its lease', () => {
    const moved = { ...requestWith(), runId: 'other-1', intent: 'other', start: 'signal', endedAt: waiting.openedAt + 1 } as const;
    const drill: Lease = { ...lease, holder: 'drill-1', operation: 'drill' };

    assert.equal(supersededBy('i', waiting, drill, moved), 'other-1');
    assert.equal(supersededBy('i', waiting, drill, { ...moved, runId: 'i-1' }), undefined);
    assert.equal(supersededBy('i', waiting, drill, { ...moved, endedAt: waiting.openedAt }), undefined);
    assert.equal(supersededBy('i', waiting, drill, { ...moved, operation: 'drill' }), undefined);
  });
});
