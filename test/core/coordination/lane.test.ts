import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  HURRIED_LEAD_MS,
  isFollowed,
  type Lane,
  LEAD_MS,
  laneRate,
  pauseBefore,
  RATE_PER_SECOND_MIN,
  reserve,
  slowDown,
  WINDOW_MS_MAX,
  type Window,
} from '../../../core/coordination/lane.ts';
import { SOURCE, TARGET, THIRD } from '../../support/keys.ts';

const T = 1_000_000;
const ask = { id: 'w', regions: [SOURCE, TARGET], count: 10, ratePerSecond: 4, now: T, notBefore: 0, isHurried: false, priority: 50 };

describe('A reservation', () => {
  it('takes slots at the configured rate, the first when a function can be there', () => {
    const { lane, window } = reserve(undefined, ask);

    assert.deepEqual(window, { id: 'w', firstSlotAt: T + LEAD_MS, spacingMs: 250, count: 10 });
    assert.deepEqual(lane.nextFreeAt, { [SOURCE]: T + LEAD_MS + 2_500, [TARGET]: T + LEAD_MS + 2_500 });
  });

  it('begins where the one before it ends', () => {
    const first = reserve(undefined, ask);
    const second = reserve(first.lane, { ...ask, id: 'x' });

    assert.equal(second.window.firstSlotAt, first.window.firstSlotAt + 2_500);
  });

  it('waits for the busier of its Regions, and leaves the others alone', () => {
    const first = reserve(undefined, ask);
    const across = reserve(first.lane, { ...ask, regions: [TARGET, THIRD], count: 4 });
    const apart = reserve(across.lane, { ...ask, regions: [SOURCE], count: 4 });

    assert.equal(across.window.firstSlotAt, T + LEAD_MS + 2_500);
    assert.equal(apart.window.firstSlotAt, T + LEAD_MS + 2_500);
    assert.equal(apart.lane.nextFreeAt[THIRD], T + LEAD_MS + 3_500);
  });

  it('is no longer than a promote function may work', () => {
    assert.equal(reserve(undefined, { ...ask, ratePerSecond: 1, count: 50 }).window.count, WINDOW_MS_MAX / 1_000);
  });

  it('has one slot at least, however slow the lane', () => {
    assert.deepEqual(reserve(undefined, { ...ask, ratePerSecond: 0.01 }).window, {
      id: 'w',
      firstSlotAt: T + LEAD_MS,
      spacingMs: 100_000,
      count: 1,
    });
  });

  it('keeps a slowed lane slowed', () => {
    const slowed = { ratePerSecond: 2, at: T };

    const { lane, window } = reserve({ nextFreeAt: {}, slowed }, ask);

    assert.deepEqual(lane.slowed, slowed);
    assert.equal(window.spacingMs, 500);
  });
});

describe('A throttle', () => {
  it('slows the lane a little below the rate that was tried', () => {
    assert.deepEqual(slowDown(undefined, 4, T), { nextFreeAt: {}, slowed: { ratePerSecond: 3.84, at: T } });
  });

  it('leaves what is reserved already reserved', () => {
    const { lane } = reserve(undefined, ask);

    assert.deepEqual(slowDown(lane, 4, T)?.nextFreeAt, lane.nextFreeAt);
  });

  it('counts once for all calls that were on the wire together', () => {
    const slowed = slowDown(undefined, 4, T);

    assert.equal(slowDown(slowed, 3.84, T + 1_999), undefined);
    assert.equal(slowDown(slowed, 3.84, T + 2_000)?.slowed?.at, T + 2_000);
  });

  it('slows the lane more when it comes soon after another', () => {
    const slowed = slowDown(undefined, 4, T);

    assert.equal(slowDown(slowed, 1, T + 5_999)?.slowed?.ratePerSecond, 0.92);
    assert.equal(slowDown(slowed, 1, T + 6_000)?.slowed?.ratePerSecond, 0.96);
  });

  it('never stops the lane', () => {
    let lane: Lane | undefined;
    for (let at = T; at < T + 120_000; at += 2_000) lane = slowDown(lane, laneRate(lane, 4, at), at) ?? lane;

    assert.equal(lane?.slowed?.ratePerSecond, RATE_PER_SECOND_MIN);
  });

  it('does not speed up a lane that is configured to be slower than the slowest', () => {
    assert.equal(laneRate(slowDown(undefined, 0.2, T), 0.2, T), 0.2);
  });
});

describe('The rate of a slowed lane', () => {
  const slowed: Lane = { nextFreeAt: {}, slowed: { ratePerSecond: 2, at: T } };

  it('stays for three seconds, creeps up while others may still use the quota, and climbs once nothing was refused for long', () => {
    assert.equal(laneRate(slowed, 4, T + 3_000), 2);
    assert.ok(Math.abs(laneRate(slowed, 4, T + 78_000) - 2.36) < 1e-9);
    assert.ok(Math.abs(laneRate(slowed, 4, T + 88_000) - 2.86) < 1e-9);
    assert.equal(laneRate(slowed, 4, T + 120_000), 4);
  });

  it('grows back to the configured rate and no further', () => assert.equal(laneRate(slowed, 4, T + 3_600_000), 4));

  it('never falls while nothing is throttled, and never leaves its limits', () => {
    const rate = fc.double({ min: 0.01, max: 100, noNaN: true });
    const when = fc.integer({ min: 0, max: 600_000 });
    fc.assert(
      fc.property(rate, when, when, (configured, one, other) => {
        const lane = slowDown(undefined, configured, T);
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)].map((ms) => laneRate(lane, configured, T + ms));

        assert.ok(sooner !== undefined && later !== undefined && sooner <= later);
        assert.ok(sooner >= Math.min(configured, RATE_PER_SECOND_MIN) && later <= configured);
      }),
    );
  });
});

/** What happens to a lane: somebody reserves, or KMS throttles; some time after the event before. A clock may run behind. */
const event = fc.record({
  afterMs: fc.integer({ min: -2_000, max: 20_000 }),
  throttled: fc.boolean(),
  regions: fc.uniqueArray(fc.constantFrom(SOURCE, TARGET, THIRD), { minLength: 1 }),
  count: fc.integer({ min: 1, max: 50 }),
  ratePerSecond: fc.constantFrom(0.3, 1, 3, 4, 5, 12.5, 40),
});

const slotsOf = ({ firstSlotAt, spacingMs, count }: Window): number[] =>
  Array.from({ length: count }, (_, slot) => firstSlotAt + slot * spacingMs);

/** Slots are sums of fractions of a second. */
const EPSILON_MS = 0.01;

describe('Any sequence of reservations and throttles', () => {
  it('puts no two slots of a Region closer together than the rate allows', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let now = T;
        let lane: Lane | undefined;
        const slots = new Map<string, Array<{ readonly at: number; readonly gapMs: number }>>();
        for (const { afterMs, throttled, regions, count, ratePerSecond } of events) {
          now += afterMs;
          if (throttled) {
            lane = slowDown(lane, ratePerSecond, now) ?? lane;
            continue;
          }
          const taken = reserve(lane, { id: 'w', regions, count, ratePerSecond, now, notBefore: 0, isHurried: false, priority: 50 });
          lane = taken.lane;
          const gapMs = 1_000 / ratePerSecond;
          for (const region of regions)
            slots.set(region, [...(slots.get(region) ?? []), ...slotsOf(taken.window).map((at) => ({ at, gapMs }))]);
        }
        for (const taken of slots.values()) {
          for (const [index, { at, gapMs }] of taken.entries()) {
            const next = taken[index + 1];
            assert.ok(
              next === undefined || next.at - at >= gapMs - EPSILON_MS,
              `slots at ${at} and ${next?.at} are closer than ${gapMs} ms`,
            );
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives each its slots in the future, in a window that promote can work off', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let now = T;
        let lane: Lane | undefined;
        for (const { afterMs, throttled, regions, count, ratePerSecond } of events) {
          now += afterMs;
          if (throttled) lane = slowDown(lane, ratePerSecond, now) ?? lane;
          const { window, lane: after } = reserve(lane, {
            id: 'w',
            regions,
            count,
            ratePerSecond,
            now,
            notBefore: 0,
            isHurried: false,
            priority: 50,
          });
          lane = after;
          assert.ok(window.firstSlotAt >= now + LEAD_MS);
          assert.ok(window.count >= 1 && window.count <= count);
          assert.ok(window.count === 1 || window.count * window.spacingMs <= WINDOW_MS_MAX + EPSILON_MS);
        }
      }),
    );
  });
});

describe('A batch that comes to a lane', () => {
  const booked = (msAhead: number, slowed?: Lane['slowed']): Lane => ({
    nextFreeAt: { [TARGET]: T + msAhead },
    ...(slowed === undefined ? {} : { slowed }),
  });
  const SLOWED = { ratePerSecond: 2, at: T };
  const arrival = { regions: [TARGET], ratePerSecond: 4, priority: 50, now: T };

  it('leaves one alone that is booked for more than half a minute', () => {
    assert.equal(pauseBefore(booked(50_000), arrival), 20_000);
    assert.equal(pauseBefore(booked(33_000), arrival), 0);
  });

  it('books a slowed one eight seconds ahead at most, since what it will allow later nobody knows', () =>
    assert.equal(pauseBefore(booked(33_000, SLOWED), arrival), 25_000));

  it('never waits for a lane that nobody has used', () => assert.equal(pauseBefore(undefined, arrival), 0));

  it('is the last of the lane when nobody holds slots after its own', () => {
    const { lane, window } = reserve(undefined, ask);

    assert.equal(isFollowed(lane, window, TARGET), false);
    assert.equal(isFollowed(reserve(lane, ask).lane, window, TARGET), true);
  });
});

describe('A hurried reservation', () => {
  it('begins when a function that has started before can be there, with spare slots for those that a cold start misses', () => {
    const { window, lane } = reserve(undefined, { ...ask, isHurried: true });

    const missedMs = LEAD_MS - HURRIED_LEAD_MS;
    assert.deepEqual(window, { id: 'w', firstSlotAt: T + HURRIED_LEAD_MS, spacingMs: 250, count: 10 + Math.ceil(missedMs / 250) });
    assert.equal(lane.nextFreeAt[TARGET], window.firstSlotAt + window.count * 250);
  });
});

describe('A reservation that waits for a canary', () => {
  it('takes no slot before the canary will have spoken', () =>
    assert.equal(reserve(undefined, { ...ask, notBefore: T + 12_000 }).window.firstSlotAt, T + 12_000));
});

describe('A fleet of a lower priority', () => {
  const { lane, window } = reserve(undefined, { ...ask, priority: 80 });
  const endsAt = window.firstSlotAt + window.count * window.spacingMs;
  const lower = { regions: [TARGET], ratePerSecond: 4, priority: 50, now: T };

  it('leaves the lane to the higher one at its next window, until that has not used it for half a minute', () => {
    assert.equal(pauseBefore(lane, lower), 10_000);
    assert.equal(pauseBefore(lane, { ...lower, now: endsAt + 29_999 }), 10_000);
    assert.equal(pauseBefore(lane, { ...lower, now: endsAt + 30_000 }), 0);
  });

  it('does not hold up one of its own priority, or the higher one itself', () => {
    assert.equal(pauseBefore(lane, { ...lower, priority: 80 }), 0);
    assert.equal(pauseBefore(reserve(undefined, ask).lane, { ...lower, priority: 80 }), 0);
  });

  it('takes nothing of the claim when it had reserved at the same moment', () =>
    assert.equal(reserve(lane, { ...ask, priority: 50 }).lane.claim?.priority, 80));
});
