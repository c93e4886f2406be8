import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LEASE_MS, type Lease } from '../../../../core/coordination/lease.ts';
import { keepHold, lookAtHold } from '../../../../functions/frame/run/hold.ts';
import { VirtualClock } from '../../../../simulator/clock/virtual-clock.ts';
import { runWith } from '../../../support/runs.ts';
import { runtimeWith } from '../../../support/runtime.ts';

const T = 1_000_000;
const run = runWith();
const lease: Lease = { holder: run.runId, operation: 'failover', fence: run.fence, expiresAt: T + LEASE_MS, released: false };

/** A runtime at a moment, in whose table the lease stands as given. */
const holding = async (changes: Partial<Lease> = {}, at = T) => {
  const runtime = runtimeWith({ clock: new VirtualClock(at) });
  await runtime.table.write('lease', run.fleetName, { ...lease, ...changes }, 0);
  return runtime;
};

const halts: ReadonlyArray<{ case: string; changes: Partial<Lease>; at?: number; reason: string }> = [
  { case: 'the lease was given back', changes: { released: true }, reason: 'PREEMPTED' },
  {
    case: 'the lease ran out and a more urgent operation asked for it',
    changes: { preemptedBy: 'failover-9' },
    at: lease.expiresAt,
    reason: 'PREEMPTED',
  },
  { case: 'a more urgent operation asked for it', changes: { preemptedBy: 'failover-9' }, reason: 'PREEMPTED' },
  { case: 'an operator stopped it', changes: { stoppedBy: 'alice' }, reason: 'STOPPED' },
  { case: 'it is a drill that an alarm calls home', changes: { calledHome: 'alarm' }, reason: 'CALLED_HOME' },
  { case: 'an operator stopped it and it was pre-empted as well', changes: { stoppedBy: 'alice', preemptedBy: 'x' }, reason: 'STOPPED' },
];

for (const [name, ask] of Object.entries({ lookAtHold, keepHold })) {
  describe(`A run's hold on its fleet, by ${name},`, () => {
    it('stands while the run has the lease', async () => {
      assert.deepEqual(await ask(await holding(), run, 'rest'), { kind: 'held', expiresAt: lease.expiresAt });
    });

    for (const { case: title, changes, at, reason } of halts)
      it(`is over when ${title}`, async () => {
        assert.deepEqual(await ask(await holding(changes, at), run, 'rest'), { kind: 'halt', reason });
      });

    for (const changes of [{ holder: 'payments-0-2' }, { fence: run.fence + 1 }])
      it(`is lost when the lease is another one: ${JSON.stringify(changes)}`, async () => {
        assert.deepEqual(await ask(await holding(changes), run, 'rest'), { kind: 'lost' });
      });

    it('is over when there is no lease', async () => {
      assert.deepEqual(await ask(runtimeWith(), run, 'rest'), { kind: 'halt', reason: 'PREEMPTED' });
    });

    it('is over when the run’s breaker has opened', async () => {
      const runtime = await holding();
      await runtime.table.write('breaker', run.runId, { proofsFailed: 3, inCanary: 0 }, 0);

      assert.deepEqual(await ask(runtime, run, 'rest'), { kind: 'halt', reason: 'BREAKER_OPEN' });
    });

    it('stands on a drill’s way back though it was stopped, called home and braked: the keys are safest at home', async () => {
      const runtime = await holding({ stoppedBy: 'alice', calledHome: 'alarm' });
      await runtime.table.write('breaker', run.runId, { proofsFailed: 3, inCanary: 0 }, 0);

      assert.deepEqual(await ask(runtime, run, 'back'), { kind: 'held', expiresAt: lease.expiresAt });
      assert.deepEqual(await ask(runtime, run, 'back-sweep'), { kind: 'held', expiresAt: lease.expiresAt });
    });

    it('is over on a drill’s way back when a more urgent operation asks for the fleet', async () => {
      const runtime = await holding({ preemptedBy: 'failover-9' });

      assert.deepEqual(await ask(runtime, run, 'back'), { kind: 'halt', reason: 'PREEMPTED' });
    });
  });
}

describe('A lease that ran out', () => {
  it('lets nothing be called', async () => {
    assert.deepEqual(await lookAtHold(await holding({}, lease.expiresAt), run, 'rest'), { kind: 'halt', reason: 'PREEMPTED' });
  });

  it('is taken up again when nobody else took it meanwhile', async () => {
    const late = lease.expiresAt + 3_600_000;
    const runtime = await holding({}, late);

    assert.deepEqual(await keepHold(runtime, run, 'rest'), { kind: 'held', expiresAt: late + LEASE_MS });
    assert.equal((await runtime.table.read<Lease>('lease', run.fleetName))?.value.fence, run.fence);
  });
});

describe('A hold that is kept', () => {
  const later = T + LEASE_MS / 3;

  it('is extended once a third of the lease has gone by, and not before', async () => {
    assert.deepEqual(await keepHold(await holding({}, later - 1), run, 'rest'), { kind: 'held', expiresAt: lease.expiresAt });
    assert.deepEqual(await keepHold(await holding({}, later), run, 'rest'), { kind: 'held', expiresAt: later + LEASE_MS });
  });

  it('is extended in the table', async () => {
    const runtime = await holding({}, later);
    await keepHold(runtime, run, 'rest');

    assert.deepEqual((await runtime.table.read('lease', run.fleetName))?.value, { ...lease, expiresAt: later + LEASE_MS });
  });

  it('is not extended for a run that has to stop', async () => {
    const runtime = await holding({ preemptedBy: 'failover-9' }, later);
    await keepHold(runtime, run, 'rest');

    assert.deepEqual((await runtime.table.read<Lease>('lease', run.fleetName))?.value.expiresAt, lease.expiresAt);
  });

  it('is not extended when the run was told to stop between the look and the write', async () => {
    const runtime = await holding({}, later);
    const { table } = runtime;
    let looks = 0;
    const told = {
      ...table,
      read: async <T>(...[kind, id]: Parameters<typeof table.read<T>>) => {
        const item = await table.read<T>(kind, id);
        if (kind === 'lease') looks += 1;
        if (kind === 'lease' && looks === 1) await table.write('lease', id, { ...lease, preemptedBy: 'failover-9' }, item?.version ?? 0);
        return item;
      },
    };

    assert.deepEqual(await keepHold({ ...runtime, table: told }, run, 'rest'), { kind: 'halt', reason: 'PREEMPTED' });
    assert.equal((await table.read<Lease>('lease', run.fleetName))?.value.expiresAt, lease.expiresAt);
  });
});
