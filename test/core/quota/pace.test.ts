import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paceWithin } from '../../../core/quota/pace.ts';
import { SOURCE, TARGET, THIRD } from '../../support/keys.ts';

const known = (lowestPerSecond: Readonly<Record<string, number>>) => ({ at: 0, lowestPerSecond });

describe('The rate of a run', () => {
  it('is the configured one where every quota that is known bears it', () => {
    assert.deepEqual(paceWithin(4, [SOURCE, TARGET], known({ [SOURCE]: 5, [TARGET]: 50 })), { ratePerSecond: 4, notes: [] });
    assert.deepEqual(paceWithin(40, [SOURCE, TARGET], undefined), { ratePerSecond: 40, notes: [] });
  });

  it('is what the Region bears that was forgotten when the others were raised', () => {
    const { ratePerSecond, notes } = paceWithin(20, [SOURCE, TARGET, THIRD], known({ [SOURCE]: 50, [TARGET]: 5, [THIRD]: 50 }));

    assert.equal(ratePerSecond, 4);
    assert.deepEqual(notes, [
      'ratePerSecond is 20, but KMS in us-west-2 allows 5 changes of a primary Region a second: the run keeps to 4. Raise the quota of UpdatePrimaryRegion in every Region of the fleet.',
    ]);
  });

  it('does not heed a Region that is not the fleet’s', () =>
    assert.equal(paceWithin(20, [SOURCE, TARGET], known({ [THIRD]: 1 })).ratePerSecond, 20));
});
