import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { WallClock } from '../../../simulator/clock/wall-clock.ts';

const DAY_MS = 86_400_000;

/** A wall clock over Node's timers, whose time the test lets pass. */
const clockOf = (t: TestContext) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setImmediate', 'Date'], now: 1_000 });
  const errors: unknown[] = [];
  const fired: string[] = [];
  const clock = new WallClock((error) => errors.push(error));
  return { clock, errors, fired, pass: (ms: number) => t.mock.timers.tick(ms) };
};

describe('The wall clock', () => {
  it('shows the machine’s time', (t) => {
    const { clock, pass } = clockOf(t);
    pass(500);

    assert.equal(clock.now(), 1_500);
  });

  it('calls back when the time has come, and at once means after the caller’s turn', (t) => {
    const { clock, fired, pass } = clockOf(t);
    clock.after(1_000, () => fired.push('a second'));
    clock.after(0, () => fired.push('at once'));
    assert.deepEqual(fired, []);

    pass(1);
    assert.deepEqual(fired, ['at once']);
    pass(998);
    assert.deepEqual(fired, ['at once']);
    pass(1);
    assert.deepEqual(fired, ['at once', 'a second']);
  });

  it('waits for 30 days, which is longer than a timer of Node’s can', (t) => {
    const { clock, fired, pass } = clockOf(t);
    clock.after(30 * DAY_MS, () => fired.push('deleted'));

    // Node's own mock sets what a callback asks for from the end of a step on, so a step ends where a timer does.
    pass(2 ** 31 - 1);
    pass(30 * DAY_MS - 2 ** 31);
    assert.deepEqual(fired, []);
    pass(1);
    assert.deepEqual(fired, ['deleted']);
  });

  it('sleeps, for no time at all when there is none to sleep', async (t) => {
    const { clock, pass } = clockOf(t);
    const slept = clock.sleep(50).then(() => 'woke');
    pass(50);

    assert.equal(await slept, 'woke');
    await clock.sleep(0);
    await clock.sleep(-5);
  });

  it('hands on what a callback throws, and goes on', (t) => {
    const { clock, errors, fired, pass } = clockOf(t);
    clock.after(1, () => assert.fail('of a callback'));
    clock.after(2, () => fired.push('next'));

    pass(2);

    assert.match(String(errors[0]), /of a callback/);
    assert.deepEqual(fired, ['next']);
  });

  it('forgets what is still to come when it is stopped', (t) => {
    const { clock, fired, pass } = clockOf(t);
    clock.after(10, () => fired.push('late'));
    clock.after(0, () => fired.push('at once'));
    clock.stop();
    clock.after(10, () => fired.push('later'));

    pass(DAY_MS);

    assert.deepEqual(fired, []);
  });
});
