import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { LEASE_MS, type Lease, PROMOTE_MS_MAX, released, SKEW_MS } from '../../../core/coordination/lease.ts';
import type { ExecutionStatus } from '../../../core/ports/executions.ts';
import { OPERATIONS, type Operation } from '../../../core/run/operation.ts';
import { changeItem } from '../../../functions/frame/item.ts';
import { keepHold, lookAtHold } from '../../../functions/frame/run/hold.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { takeLease } from '../../../functions/plan/take-lease.ts';
import { skewed, VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { createMemoryTable, tableLatency } from '../../../simulator/table/memory-table.ts';
import { requestWith, runWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';

const T = 1_000_000;
const FLEET = requestWith().fleet;

const executionsIn = (statuses: ReadonlyMap<string, ExecutionStatus>): Runtime['executions'] => ({
  start: () => assert.fail('Nobody is to be started.'),
  status: async (name) => statuses.get(name),
});

const drillHolds: Lease = { holder: 'drill-1', operation: 'drill', fence: 3, expiresAt: T + LEASE_MS, released: false };
const waitMs = LEASE_MS + PROMOTE_MS_MAX + SKEW_MS;

const runtimeWhere = async (status: ExecutionStatus | undefined, lease?: Lease) => {
  const executions = executionsIn(new Map(status === undefined ? [] : [['drill-1', status]]));
  const runtime = runtimeWith({ clock: new VirtualClock(T), executions });
  if (lease !== undefined) await runtime.table.write('lease', FLEET, lease, 0);
  return { runtime, storedLease: async () => (await runtime.table.read<Lease>('lease', FLEET))?.value };
};

describe('A run that takes its fleet’s lease', () => {
  it('gets it and stores it when it is free', async () => {
    const { runtime, storedLease } = await runtimeWhere(undefined);

    const answer = await takeLease(runtime, 'run-1', requestWith());

    assert.equal(answer.kind, 'taken');
    assert.deepEqual(await storedLease(), { holder: 'run-1', operation: 'failover', fence: 1, expiresAt: T + LEASE_MS, released: false });
  });

  it('pre-empts a less urgent run that is still going, and stores that it did', async () => {
    const { runtime, storedLease } = await runtimeWhere('RUNNING', drillHolds);
    const lease = { ...drillHolds, preemptedBy: 'run-1' };

    assert.deepEqual(await takeLease(runtime, 'run-1', requestWith()), { kind: 'preempting', lease, waitMs });
    assert.deepEqual(await storedLease(), lease);
  });

  for (const status of ['FAILED', 'TIMED_OUT', 'ABORTED', 'SUCCEEDED'] as const) {
    it(`waits out a run that ended as ${status} without giving the lease back, and stores nothing`, async () => {
      const { runtime, storedLease } = await runtimeWhere(status, drillHolds);

      assert.deepEqual(await takeLease(runtime, 'run-1', requestWith({ operation: 'drill' })), { kind: 'wait', waitMs });
      assert.deepEqual(await storedLease(), drillHolds);
    });
  }

  for (const status of ['RUNNING', undefined] as const) {
    it(`is refused by a run of its own kind whose status is ${status ?? 'not known'}`, async () => {
      const { runtime, storedLease } = await runtimeWhere(status, drillHolds);

      assert.deepEqual(await takeLease(runtime, 'run-1', requestWith({ operation: 'drill' })), {
        kind: 'refused',
        holder: 'drill-1',
        operation: 'drill',
      });
      assert.deepEqual(await storedLease(), drillHolds);
    });
  }
});

/** What a contender does next, some time after what it did before. */
interface Step {
  readonly afterMs: number;
  readonly act: 'ask' | 'keep' | 'look' | 'release' | 'die';
}

interface Contender {
  readonly operation: Operation;
  readonly offsetMs: number;
  readonly steps: readonly Step[];
}

/** A time in which a contender believes that it holds the fleet, or in which a function of it that believed so may still be at work. */
interface Belief {
  readonly runId: string;
  readonly fence: number;
  readonly from: number;
  until: number;
}

/** One run that asks, extends, gives back or dies, on a machine whose clock is off. Notes what it believes, in true time. */
const contend = async (runId: string, { operation, offsetMs, steps }: Contender, world: SharedWorld): Promise<void> => {
  const { clock, statuses, beliefs } = world;
  const runtime = runtimeWith({
    clock: skewed(clock, offsetMs),
    random: world.random,
    table: world.table,
    executions: executionsIn(statuses),
  });
  const request = requestWith({ operation });
  let belief: Belief | undefined;
  const holdsUntil = (expiresAt: number, fence: number) => {
    if (belief?.fence !== fence) {
      belief = { runId, fence, from: clock.now(), until: 0 };
      beliefs.push(belief);
    }
    belief.until = expiresAt - offsetMs + PROMOTE_MS_MAX;
  };
  const lost = () => {
    if (belief !== undefined) belief.until = Math.min(belief.until, clock.now());
  };

  statuses.set(runId, 'RUNNING');
  for (const { afterMs, act } of steps) {
    await clock.sleep(afterMs);
    if (act === 'die') break;
    if (act === 'release') {
      lost();
      await changeItem<Lease, void>(runtime, 'lease', FLEET, (lease) => ({ store: released(lease, runId), answer: undefined }));
      belief = undefined;
    } else if (act === 'ask') {
      const answer = await takeLease(runtime, runId, request);
      if (answer.kind === 'taken') holdsUntil(answer.lease.expiresAt, answer.lease.fence);
    } else if (belief !== undefined) {
      const { fence } = belief;
      const hold = await (act === 'keep' ? keepHold : lookAtHold)(runtime, runWith({ runId, fence }), 'rest');
      if (hold.kind === 'held') holdsUntil(hold.expiresAt, fence);
      else if (hold.kind === 'lost' || hold.reason === 'PREEMPTED') lost();
    }
  }
  statuses.set(runId, 'FAILED');
};

interface SharedWorld {
  readonly clock: VirtualClock;
  readonly random: Seeded;
  readonly table: Runtime['table'];
  readonly statuses: Map<string, ExecutionStatus>;
  readonly beliefs: Belief[];
}

const play = async (seed: number, contenders: readonly Contender[]): Promise<readonly Belief[]> => {
  const clock = new VirtualClock(T);
  const random = new Seeded(seed);
  const table = createMemoryTable({ clock, random: random.stream('table'), latency: tableLatency });
  const world: SharedWorld = { clock, random, table, statuses: new Map(), beliefs: [] };
  await clock.run(Promise.all(contenders.map((contender, index) => contend(`run-${index}`, contender, world))));
  return world.beliefs;
};

/** Steps close together, so that contenders race, and steps so far apart that leases run out. */
const step: fc.Arbitrary<Step> = fc.record({
  afterMs: fc.oneof(
    fc.integer({ min: 0, max: 40 }),
    fc.constantFrom(1_000, 60_000, LEASE_MS - SKEW_MS, LEASE_MS, waitMs - 5, waitMs, waitMs + 5),
  ),
  act: fc.oneof(
    { weight: 4, arbitrary: fc.constant('ask' as const) },
    { weight: 3, arbitrary: fc.constantFrom('keep' as const, 'look' as const) },
    { weight: 1, arbitrary: fc.constantFrom('release' as const, 'die' as const) },
  ),
});

const contender: fc.Arbitrary<Contender> = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  // Two machines are at most SKEW_MS apart.
  offsetMs: fc.integer({ min: -SKEW_MS / 2, max: SKEW_MS / 2 }),
  steps: fc.array(step, { minLength: 1, maxLength: 15 }),
});

const overlapping = (beliefs: readonly Belief[]): ReadonlyArray<readonly [Belief, Belief]> =>
  beliefs.flatMap((one, index) =>
    beliefs
      .slice(index + 1)
      .flatMap((other) => (one.runId !== other.runId && one.from < other.until && other.from < one.until ? [[one, other] as const] : [])),
  );

describe('Runs that contend for one fleet', () => {
  it('never believe to hold it two at once, whatever they do and however their clocks and writes interleave', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(contender, { minLength: 2, maxLength: 3 }), async (seed, contenders) => {
        assert.deepEqual(overlapping(await play(seed, contenders)), []);
      }),
      { numRuns: 300 },
    );
  });

  it('hold it under fences that grow from holder to holder', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.array(contender, { minLength: 2, maxLength: 3 }), async (seed, contenders) => {
        const fences = (await play(seed, contenders)).toSorted((a, b) => a.from - b.from).map(({ fence }) => fence);

        assert.deepEqual(
          fences,
          [...new Set(fences)].sort((a, b) => a - b),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('are served: a pre-empted holder that gives the lease back hands it to the run that waits', async () => {
    const drill: Contender = {
      operation: 'drill',
      offsetMs: 0,
      steps: [
        { afterMs: 0, act: 'ask' },
        { afterMs: 30_000, act: 'release' },
      ],
    };
    const failover: Contender = {
      operation: 'failover',
      offsetMs: 0,
      steps: [
        { afterMs: 1_000, act: 'ask' },
        { afterMs: 60_000, act: 'ask' },
      ],
    };

    const beliefs = await play(1, [drill, failover]);

    assert.deepEqual(
      beliefs.map(({ runId, fence }) => [runId, fence]),
      [
        ['run-0', 1],
        ['run-1', 2],
      ],
    );
  });
});
