import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { picture } from '../../cli/live.ts';
import type { Snapshot } from '../../simulator/story/progress.ts';
import { storyWith } from '../support/stories.ts';

const pictured = (snapshot: Partial<Snapshot>): string[] =>
  stripVTControlCharacters(picture({ keysBy: {}, seconds: 0, throttled: 0, ...snapshot }, storyWith({ keys: 100 }))).split('\n');

describe('The live picture of a story', () => {
  it('names the operation, the fleet, both Regions, and that all of it is simulated', () => {
    assert.equal(pictured({})[0], '  failover of fleet payments: 100 keys, us-east-1 → us-west-2   (simulated)');
  });

  it('shows keys by how they stand, in a bar of fixed width', () => {
    const [, bar, counts] = pictured({
      keysBy: { promoted: 40, 'already-primary': 10, sent: 20, blocked: 4, new: 26 },
      seconds: 75,
      throttled: 3,
    });

    assert.equal(bar, `  ${'█'.repeat(25)}${'▒'.repeat(10)}${'█'.repeat(2)}${'·'.repeat(13)}  1 min 15 s`);
    assert.match(counts ?? '', /^ {2}50 in place · 20 settling · 4 blocked · 26 to go · throttled 3 · about .* left$/);
  });

  it('tells no time to go when nothing is to go', () => {
    assert.equal(pictured({ keysBy: { promoted: 100 }, seconds: 90 })[2], '  100 in place · 0 to go · throttled 0');
  });

  it('takes the slower of the configured and the observed pace for the time to go', () => {
    const atPlan = pictured({ keysBy: { promoted: 50, new: 50 }, seconds: 40 })[2] ?? '';
    const slower = pictured({ keysBy: { promoted: 50, new: 50 }, seconds: 535 })[2] ?? '';

    assert.match(atPlan, /about 37\.5 s left/);
    assert.match(slower, /about 8 min 45 s left/);
  });
});
