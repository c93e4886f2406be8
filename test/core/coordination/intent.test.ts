import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INTENT_MS_MAX, type Intent, isWaiting, withRun } from '../../../core/coordination/intent.ts';
import { keyRef, SOURCE } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';

const request = requestWith();
const waiting: Intent = { request, openedAt: 5, runs: ['r-1'], state: 'open', blockedSample: [{ ...keyRef(), region: SOURCE }] };

describe('An intent', () => {
  it('opens with its first run', () => {
    assert.deepEqual(withRun(undefined, request, 'r-1', 5), { request, openedAt: 5, runs: ['r-1'], state: 'open', blockedSample: [] });
  });

  it('has each run once, however often the run’s plan is repeated', () => {
    const once = withRun(waiting, request, 'r-2', 9);

    assert.deepEqual(once.runs, ['r-1', 'r-2']);
    assert.deepEqual(withRun(once, request, 'r-2', 10), once);
  });

  it('keeps its age and its blocked keys from run to run', () => {
    assert.deepEqual(withRun(waiting, request, 'r-2', 9), { ...waiting, runs: ['r-1', 'r-2'] });
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

  it('not when it is closed, nor when nothing is blocked', () => {
    assert.equal(isWaiting({ ...waiting, state: 'closed' }, 6), false);
    assert.equal(isWaiting({ ...waiting, blockedSample: [] }, 6), false);
  });
});
