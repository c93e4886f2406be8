import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chartOf, milestonesOf, progressOf } from '../../../../cli/report/view/progress.ts';
import { standingLines } from '../../../../cli/report/view/standing.ts';
import { accountId } from '../../../../core/region.ts';
import type { StoryFigures } from '../../../../simulator/story/figures.ts';
import { blockedLine, line, run, STARTED_AT } from '../left.ts';

const other = accountId('444455556666');
const lines = standingLines([run(1, [line(4), line(2), line(3, { account: other }), blockedLine(5)])]);
/** Two keys an account and second. */
const story = { operation: 'failover', keys: 4, accounts: 2, floorSeconds: 1, chapters: [] } as Partial<StoryFigures> as StoryFigures;

describe('How the keys went', () => {
  it('is told by the times of their calls and proofs, in order, and by when each could have been called for', () => {
    assert.deepEqual(progressOf(lines, STARTED_AT, story), { called: [2, 3, 4], proven: [12, 13, 14], floor: [0.5, 0.5, 1, 1.5] });
  });

  it('begins its least time at the first call, where people and waiting were before it', () => {
    const chapters = [{ seconds: 0, text: 'A person is asked.' }];

    assert.deepEqual(progressOf(lines, STARTED_AT, { ...story, chapters }).floor, [2.5, 2.5, 3, 3.5]);
  });

  it('has no least time in a drill, and none where no rate is on record', () => {
    assert.deepEqual(progressOf(lines, STARTED_AT, { ...story, operation: 'drill' }).floor, []);
    assert.deepEqual(progressOf(lines, STARTED_AT, undefined).floor, []);
  });

  it('is drawn from nothing to everything', () => {
    const { seconds, called, proven, floor } = chartOf(progressOf(lines, STARTED_AT, story));

    assert.deepEqual([seconds[0], called[0], proven[0], floor[0]], [0, 0, 0, 0]);
    assert.deepEqual([seconds.at(-1), called.at(-1), proven.at(-1), floor.at(-1)], [14, 3, 3, 4]);
  });

  it('has milestones for whoever does not see the chart', () => {
    assert.deepEqual(milestonesOf(progressOf(lines, STARTED_AT, undefined)), [
      { share: 'the first', called: 2, proven: 12, floor: undefined },
      { share: 'a quarter', called: 2, proven: 12, floor: undefined },
      { share: 'half', called: 3, proven: 13, floor: undefined },
      { share: 'three quarters', called: 4, proven: 14, floor: undefined },
      { share: 'the last', called: 4, proven: 14, floor: undefined },
    ]);
  });
});
