import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { skewed, VirtualClock } from '../../../simulator/clock/virtual-clock.ts';

describe('A virtual clock', () => {
  it('lets hours pass at once', async () => {
    const clock = new VirtualClock(1_000);
    await clock.run(clock.sleep(3 * 3_600_000));

    assert.equal(clock.now(), 1_000 + 3 * 3_600_000);
  });

  it('fires what is due at the same moment in the order in which it was set', async () => {
    const clock = new VirtualClock(0);
    const fired: string[] = [];
    clock.after(20, () => fired.push('later'));
    clock.after(10, () => fired.push('first'));
    clock.after(10, () => fired.push('second'));
    await clock.run(clock.sleep(30));

    assert.deepEqual(fired, ['first', 'second', 'later']);
  });

  it('lets everything that a timer set off come to rest before time goes on', async () => {
    const clock = new VirtualClock(0);
    const seen: number[] = [];
    const story = async () => {
      await clock.sleep(10);
      for (let step = 0; step < 100; step += 1) await Promise.resolve();
      seen.push(clock.now());
      await clock.sleep(5);
      seen.push(clock.now());
    };
    clock.after(11, () => seen.push(clock.now()));
    await clock.run(story());

    assert.deepEqual(seen, [10, 11, 15]);
  });

  it('stands still while something of the real world is waited for', async () => {
    const clock = new VirtualClock(0);
    const real = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
    clock.after(1, () => undefined);
    const at = await clock.run(clock.hold(real()).then(() => clock.now()));

    assert.equal(at, 0);
  });

  it('does not sleep for a time that is over', async () => {
    const clock = new VirtualClock(5);
    await clock.run(Promise.all([clock.sleep(0), clock.sleep(-7), clock.sleep(Number.NaN)]));

    assert.equal(clock.now(), 5);
  });

  it('says so when a story waits for what cannot come', async () => {
    const clock = new VirtualClock(0);

    await assert.rejects(clock.run(new Promise(() => undefined)), /no timer left, and the story has not ended/);
  });

  it('gives on what the story throws', async () => {
    const clock = new VirtualClock(0);
    const story = clock.sleep(1).then(() => {
      throw new RangeError('as told');
    });

    await assert.rejects(clock.run(story), { name: 'RangeError', message: 'as told' });
  });
});

describe('The clock of another machine', () => {
  it('is off by so much, in whole milliseconds, and runs as fast', async () => {
    const clock = new VirtualClock(1_000.75);
    const other = skewed(clock, -200);

    assert.equal(other.now(), 800);
    await clock.run(other.sleep(500));
    assert.equal(other.now(), 1_300);
  });
});
