import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atOnce } from '../../../functions/trigger/at-once.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';

const numbers = Array.from({ length: 35 }, (_, index) => index);

describe('What is done at once', () => {
  it('answers in the order of the items, whichever is done first', async () => {
    const clock = new VirtualClock(0);
    const backwards = atOnce(numbers, async (number) => {
      await clock.sleep(100 - number);
      return number;
    });

    assert.deepEqual(await clock.run(backwards), numbers);
  });

  it('is at most ten things', async () => {
    const clock = new VirtualClock(0);
    const atWork: number[] = [];
    let now = 0;
    const all = atOnce(numbers, async () => {
      now += 1;
      atWork.push(now);
      await clock.sleep(5);
      now -= 1;
    });
    await clock.run(all);

    assert.equal(Math.max(...atWork), 10);
  });

  it('goes on with the others when one fails, and then fails as that one did', async () => {
    const done: number[] = [];
    const failure = new RangeError('three is no good');
    const all = atOnce(numbers, async (number) => {
      if (number === 3) throw failure;
      done.push(number);
    });

    await assert.rejects(all, failure);
    assert.deepEqual(
      done,
      numbers.filter((number) => number !== 3),
    );
  });

  it('fails with a sentence for each when several fail', async () => {
    const all = atOnce(numbers, async (number) => {
      if (number >= 33) throw new RangeError(`${number} is no good`);
    });

    await assert.rejects(all, { name: 'AggregateError', message: '2 of 35 failed:\nRangeError: 33 is no good\nRangeError: 34 is no good' });
  });
});
