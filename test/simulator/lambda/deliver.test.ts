import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TaskFailure } from '../../../simulator/asl/failure.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { deliver } from '../../../simulator/lambda/deliver.ts';

/** A function that fails so many times before it answers, and when it was called. */
const failing = (clock: VirtualClock, times: number, error: Error = new TaskFailure('Lambda.Unknown', 'killed')) => {
  const calledAt: number[] = [];
  const invoke = async () => {
    calledAt.push(clock.now());
    if (calledAt.length <= times) throw error;
    return 'answer';
  };
  return { calledAt, invoke };
};

describe('An event for a function', () => {
  it('is delivered again after one minute, then after two', async () => {
    const clock = new VirtualClock(0);
    const { calledAt, invoke } = failing(clock, 2);

    assert.equal(await clock.run(deliver(clock, invoke)), 'answer');
    assert.deepEqual(calledAt, [0, 60_000, 180_000]);
  });

  it('is given up after three failures, as it would go to the dead-letter queue', async () => {
    const clock = new VirtualClock(0);
    const { calledAt, invoke } = failing(clock, 3);

    await assert.rejects(clock.run(deliver(clock, invoke)), { name: 'TaskFailure', error: 'Lambda.Unknown' });
    assert.equal(calledAt.length, 3);
  });

  it('is not delivered again for a bug in the simulator', async () => {
    const clock = new VirtualClock(0);
    const { calledAt, invoke } = failing(clock, 1, new TypeError('a bug'));

    await assert.rejects(clock.run(deliver(clock, invoke)), { name: 'TypeError', message: 'a bug' });
    assert.equal(calledAt.length, 1);
  });
});
