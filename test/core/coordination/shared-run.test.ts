import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INTENT_MS_MAX, type Intent, opened } from '../../../core/coordination/intent.ts';
import { isLeftAlone, isTroubleOver, sharedRun } from '../../../core/coordination/shared-run.ts';
import { intentId } from '../../../core/run/name.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { THIRD } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';
import { HEARD_AT, heardOf, watchOn } from '../../support/watches.ts';

const NOW = HEARD_AT;
const health = requestWith({ incident: 'health' });
const alarm = requestWith({ incident: 'alarm' });

const intentsOf = (...intents: readonly Intent[]): ReadonlyMap<string, Intent> =>
  new Map(intents.map((intent) => [intentId(intent.request), intent]));

describe('Two incidents of one trouble', () => {
  it('share the run of the one whose intent is open', () => {
    assert.deepEqual(sharedRun(undefined, alarm, intentsOf(opened(health, NOW)), NOW), health);
  });

  it('share the run that was decided on a moment ago, before its intent is open', () => {
    const all = heardOf(watchOn('health', { request: health }), watchOn('alarm'));

    assert.deepEqual(sharedRun(all, alarm, new Map(), NOW), health);
    assert.equal(sharedRun(all, health, new Map(), NOW), undefined, 'not its own');
  });

  it('share none that is over: closed, expired, or never begun before its incident ended', () => {
    const all = heardOf(watchOn('health', { request: health }));
    const ended = heardOf(watchOn('health', { request: health, overAt: NOW }));

    assert.equal(sharedRun(all, alarm, intentsOf({ ...opened(health, NOW), state: 'closed' }), NOW), undefined);
    assert.equal(sharedRun(all, alarm, intentsOf(opened(health, NOW - INTENT_MS_MAX)), NOW), undefined);
    assert.equal(sharedRun(ended, alarm, new Map(), NOW), undefined);
  });

  const others: readonly (readonly [string, Partial<RunRequest>])[] = [
    ['another fleet', { fleet: 'ledger' }],
    ['another source', { source: THIRD }],
    ['another target', { target: THIRD }],
    ['a switchover', { operation: 'switchover' }],
  ];
  for (const [what, changes] of others)
    it(`are none where the run is of ${what}`, () => {
      assert.equal(sharedRun(undefined, alarm, intentsOf(opened({ ...health, ...changes }, NOW)), NOW), undefined);
    });
});

describe('The trouble of a run that two incidents share', () => {
  const own = watchOn('health', { request: health });
  const joined = watchOn('alarm', { request: health });

  it('is over when both are, and not before', () => {
    const over = { overAt: NOW };

    assert.equal(isTroubleOver(heardOf({ ...own, ...over }, joined), health, NOW), false);
    assert.equal(isTroubleOver(heardOf(own, { ...joined, ...over }), health, NOW), false);
    assert.equal(isTroubleOver(heardOf({ ...own, ...over }, { ...joined, ...over }), health, NOW), true);
  });

  it('is not over by a signal where a person began the run', () => {
    assert.equal(isTroubleOver(heardOf({ ...joined, overAt: NOW }), health, NOW), false);
  });
});

describe('An incident that has joined the run of another one', () => {
  const own = watchOn('health', { request: health });
  const joined = watchOn('alarm', { request: health });
  const all = heardOf(own, joined);
  const open = opened(health, NOW);
  const given: Intent = { ...open, state: 'closed', isGivenUp: true };

  it('is judged by itself when the time of the shared intent was over, and not when that was done or stopped', () => {
    assert.equal(isLeftAlone(all, joined, given, NOW), true);
    assert.equal(isLeftAlone(all, joined, open, NOW), false);
    assert.equal(isLeftAlone(all, joined, { ...open, state: 'closed', closedBecause: 'maria stopped it' }, NOW), false);
  });

  it('is judged by itself when nobody has opened the intent, and its own incident is over', () => {
    assert.equal(isLeftAlone(all, joined, undefined, NOW), false);
    assert.equal(isLeftAlone(heardOf({ ...own, overAt: NOW }, joined), joined, undefined, NOW), true);
    assert.equal(isLeftAlone(heardOf(joined), joined, undefined, NOW), false);
  });

  it('is not when it was over itself, or has a run of its own', () => {
    assert.equal(isLeftAlone(all, { ...joined, overAt: NOW }, given, NOW), false);
    assert.equal(isLeftAlone(all, { ...joined, isReopened: true }, given, NOW), false);
    assert.equal(isLeftAlone(all, own, given, NOW), false);
    assert.equal(isLeftAlone(all, watchOn('alarm'), undefined, NOW), false);
  });
});
