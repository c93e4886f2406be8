import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  askForLease,
  calledHome,
  extended,
  forgone,
  holds,
  LEASE_MS,
  type Lease,
  type LeaseAnswer,
  type LeaseAsk,
  PROMOTE_MS_MAX,
  released,
  SKEW_MS,
} from '../../../core/coordination/lease.ts';
import { OPERATIONS } from '../../../core/run/operation.ts';

const T = 1_000_000;
const FREE_AT = T + LEASE_MS + PROMOTE_MS_MAX + SKEW_MS;

const held: Lease = { holder: 'drill-1', operation: 'drill', fence: 7, expiresAt: T + LEASE_MS, released: false };
const askWith = (changes: Partial<LeaseAsk> = {}): LeaseAsk => ({
  runId: 'run-1',
  operation: 'failover',
  now: T,
  holderEnded: false,
  ...changes,
});
const takenAt = (now: number, fence: number): LeaseAnswer => ({
  kind: 'taken',
  lease: { holder: 'run-1', operation: 'failover', fence, expiresAt: now + LEASE_MS, released: false },
});

describe('Who asks for a lease', () => {
  it('gets it when there never was one, with the first fence', () => assert.deepEqual(askForLease(undefined, askWith()), takenAt(T, 1)));

  it('gets it when it was given back, with the next fence', () =>
    assert.deepEqual(askForLease({ ...held, released: true, preemptedBy: 'x', stoppedBy: 'y' }, askWith()), takenAt(T, 8)));

  it('and holds it already keeps it, with its fence, its full time and whatever was said to it', () => {
    const mine: Lease = { ...held, holder: 'run-1', stoppedBy: 'alice' };

    assert.deepEqual(askForLease(mine, askWith({ now: T + 5 })), { kind: 'taken', lease: { ...mine, expiresAt: T + 5 + LEASE_MS } });
  });

  it('gets one that ran out only when its holder can have no call under way any more', () => {
    assert.equal(askForLease(held, askWith({ now: FREE_AT - 1 })).kind, 'preempting');
    assert.deepEqual(askForLease(held, askWith({ now: FREE_AT })), takenAt(FREE_AT, 8));
  });

  it('for a more urgent operation pre-empts the holder and waits', () => {
    assert.deepEqual(askForLease(held, askWith()), { kind: 'preempting', lease: { ...held, preemptedBy: 'run-1' }, waitMs: FREE_AT - T });
  });

  it('pre-empts once: afterwards it waits without writing', () => {
    assert.deepEqual(askForLease({ ...held, preemptedBy: 'run-1' }, askWith({ now: T + 9 })), { kind: 'wait', waitMs: FREE_AT - T - 9 });
  });

  it('after a holder that ended without giving it back waits, whatever the operation', () => {
    for (const operation of OPERATIONS)
      assert.deepEqual(askForLease({ ...held, operation: 'failover' }, askWith({ operation, holderEnded: true })), {
        kind: 'wait',
        waitMs: FREE_AT - T,
      });
  });

  it('is refused by a holder of the same or a more urgent operation, and told whose it is', () => {
    for (const operation of ['failover', 'switchover', 'drill'] as const)
      assert.deepEqual(askForLease({ ...held, operation }, askWith({ operation: 'drill' })), {
        kind: 'refused',
        holder: 'drill-1',
        operation,
      });
  });
});

describe('A lease', () => {
  it('is held by its holder until the skew before its end', () => {
    const end = held.expiresAt - SKEW_MS;

    assert.equal(holds(held, 'drill-1', end - 1), true);
    assert.equal(holds(held, 'drill-1', end), false);
  });

  it('is not held by another, when it was given back, or when there is none', () => {
    assert.equal(holds(held, 'run-1', T), false);
    assert.equal(holds({ ...held, released: true }, 'drill-1', T), false);
    assert.equal(holds(undefined, 'drill-1', T), false);
  });

  it('is extended by its holder only, under the fence that it was taken under, and not once it was given back', () => {
    const holder = { runId: 'drill-1', fence: held.fence };

    assert.deepEqual(extended(held, holder, T + 10), { ...held, expiresAt: T + 10 + LEASE_MS });
    assert.equal(extended(held, { ...holder, runId: 'run-1' }, T + 10), undefined);
    assert.equal(extended(held, { ...holder, fence: held.fence - 1 }, T + 10), undefined);
    assert.equal(extended({ ...held, released: true }, holder, T + 10), undefined);
    assert.equal(extended(undefined, holder, T + 10), undefined);
  });

  it('is taken up again by its holder when it ran out and nobody else took it', () => {
    const late = held.expiresAt + 1_000_000;

    assert.equal(extended(held, { runId: 'drill-1', fence: held.fence }, late)?.expiresAt, late + LEASE_MS);
  });

  it('says whom its holder pre-empted to get it', () => {
    const given = { ...held, released: true, preemptedBy: 'run-1' };
    const ask = { operation: 'failover', now: T, holderEnded: false } as const;
    const tookFromOf = (runId: string) => {
      const answer = askForLease(given, { ...ask, runId });
      return answer.kind === 'taken' ? answer.lease.tookFrom : assert.fail(answer.kind);
    };

    assert.deepEqual(tookFromOf('run-1'), { holder: 'drill-1', operation: held.operation });
    assert.equal(tookFromOf('run-2'), undefined);
  });

  it('of a drill takes note that the drill shall come home, once', () => {
    const called = calledHome(held, 'alarm payments-errors went off');

    assert.deepEqual(called, { ...held, calledHome: 'alarm payments-errors went off' });
    assert.equal(calledHome(called, 'another alarm went off'), undefined);
  });

  it('of no drill, or of none that goes, has nobody to call home', () => {
    assert.equal(calledHome(undefined, 'an alarm'), undefined);
    assert.equal(calledHome({ ...held, released: true }, 'an alarm'), undefined);
    assert.equal(calledHome({ ...held, operation: 'switchover' }, 'an alarm'), undefined);
  });

  it('is given back by its holder only, and once', () => {
    const back = released(held, 'drill-1');

    assert.deepEqual(back, { ...held, released: true });
    assert.equal(released(back, 'drill-1'), undefined);
    assert.equal(released(held, 'run-1'), undefined);
    assert.equal(released(undefined, 'run-1'), undefined);
  });
});

const anyLease = fc.record({
  holder: fc.constantFrom('a', 'b'),
  operation: fc.constantFrom(...OPERATIONS),
  fence: fc.integer({ min: 1, max: 9 }),
  expiresAt: fc.integer({ min: 0, max: 10_000_000 }),
  released: fc.boolean(),
});
const anyAsk = fc.record({
  runId: fc.constantFrom('a', 'b', 'c'),
  operation: fc.constantFrom(...OPERATIONS),
  now: fc.integer({ min: 0, max: 10_000_000 }),
  holderEnded: fc.boolean(),
});

describe('A lease that a run wants no more', () => {
  const held: Lease = { holder: 'drill-1', operation: 'drill', fence: 1, expiresAt: 9, released: false };

  it('is given back by who has it, and left to who has it by who has asked for it', () => {
    assert.deepEqual(forgone(held, 'drill-1'), { ...held, released: true });
    assert.deepEqual(forgone({ ...held, preemptedBy: 'failover-1' }, 'failover-1'), held);
  });

  it('is nothing to others', () => {
    assert.equal(forgone({ ...held, preemptedBy: 'failover-1' }, 'failover-2'), undefined);
    assert.equal(forgone({ ...held, released: true }, 'drill-1'), undefined);
    assert.equal(forgone(undefined, 'drill-1'), undefined);
  });
});

describe('Whatever the lease and whoever asks', () => {
  it('a lease changes hands only with a higher fence, and only when it was given back or is long over', () => {
    fc.assert(
      fc.property(anyLease, anyAsk, (lease, ask) => {
        const answer = askForLease(lease, ask);
        if (answer.kind !== 'taken' || answer.lease.fence === lease.fence) return;

        assert.equal(answer.lease.fence, lease.fence + 1);
        assert.ok(lease.released || ask.now >= lease.expiresAt + PROMOTE_MS_MAX + SKEW_MS);
      }),
    );
  });

  it('who does not get it leaves holder, fence and end as they are', () => {
    fc.assert(
      fc.property(anyLease, anyAsk, (lease, ask) => {
        const answer = askForLease(lease, ask);
        if (answer.kind === 'preempting') assert.deepEqual(answer.lease, { ...lease, preemptedBy: ask.runId });
        if (answer.kind === 'preempting' || answer.kind === 'wait') assert.ok(answer.waitMs > 0);
      }),
    );
  });
});
