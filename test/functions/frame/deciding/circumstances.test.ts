import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { opened } from '../../../../core/coordination/intent.ts';
import type { Lease } from '../../../../core/coordination/lease.ts';
import type { FleetWatch } from '../../../../core/coordination/watch.ts';
import type { FleetHistory } from '../../../../core/decision/history.ts';
import { known } from '../../../../core/decision/known.ts';
import type { StopSwitch } from '../../../../core/decision/switch.ts';
import type { ExecutionStatus } from '../../../../core/ports/executions.ts';
import { intentId } from '../../../../core/run/name.ts';
import { gatherCircumstances } from '../../../../functions/frame/deciding/circumstances.ts';
import { VirtualClock } from '../../../../simulator/clock/virtual-clock.ts';
import { executionsWith } from '../../../support/executions.ts';
import { fleetWith } from '../../../support/fleet.ts';
import { SOURCE } from '../../../support/keys.ts';
import { requestWith } from '../../../support/runs.ts';
import { runtimeWith } from '../../../support/runtime.ts';

const NOW = Date.UTC(2026, 9, 20, 8);
const asked = { request: requestWith(), fleet: fleetWith(), start: { by: 'signal' } } as const;
const world = (statuses: Readonly<Record<string, ExecutionStatus>> = {}) =>
  runtimeWith({ clock: new VirtualClock(NOW), executions: executionsWith(statuses).executions });

const held = (changes: Partial<Lease> = {}): Lease => ({
  holder: 'other-1',
  operation: 'failover',
  fence: 1,
  expiresAt: NOW + 60_000,
  released: false,
  ...changes,
});

const thrown = (changes: Partial<StopSwitch> = {}): StopSwitch => ({
  scope: 'fleet',
  owner: 'alice',
  reason: 'freeze',
  thrownAt: NOW - 1,
  expiresAt: NOW + 1,
  ...changes,
});

const history: FleetHistory = {
  lastMove: {
    runId: 'payments-1-1',
    intent: 'payments-1',
    operation: 'failover',
    source: SOURCE,
    target: requestWith().target,
    incident: 'INC-0',
    start: 'signal',
    endedAt: NOW - 1,
  },
};

describe('The circumstances of a run', () => {
  it('are quiet in a world in which nothing has happened', async () => {
    const { now, switches, lease, history: past, lastMoveOpen, incidents } = await gatherCircumstances(world(), asked);

    assert.deepEqual(
      { now, switches, lease, past, lastMoveOpen, incidents },
      { now: NOW, switches: known([]), lease: known(undefined), past: known({}), lastMoveOpen: known(false), incidents: known([]) },
    );
  });

  it('have the switches that are on: for all and for the fleet, not expired, and not taken back', async () => {
    const runtime = world();
    const ours = thrown();
    await runtime.table.write('switch', 'fleet/payments', ours, 0);
    await runtime.table.write('switch', 'fleet/ledger', thrown({ owner: 'bob' }), 0);
    await runtime.table.write('switch', 'global', thrown({ scope: 'global', takenBack: { by: 'alice', at: NOW } }), 0);
    assert.deepEqual((await gatherCircumstances(runtime, asked)).switches, known([ours]));

    await runtime.table.write('switch', 'fleet/payments', thrown({ expiresAt: NOW }), 1);
    assert.deepEqual((await gatherCircumstances(runtime, asked)).switches, known([]));
  });

  it('have the lease of a run that may be at work, and none of a run that ended, gave it back, or asks itself', async () => {
    const leaseWith = async (lease: Lease, statuses: Readonly<Record<string, ExecutionStatus>> = {}, runId = 'mine-1') => {
      const runtime = world(statuses);
      await runtime.table.write('lease', 'payments', lease, 0);
      return (await gatherCircumstances(runtime, { ...asked, runId })).lease;
    };

    assert.deepEqual(await leaseWith(held(), { 'other-1': 'RUNNING' }), known(held()));
    assert.deepEqual(await leaseWith(held()), known(held()), 'nobody knows what became of its execution');
    assert.deepEqual(await leaseWith(held(), { 'other-1': 'FAILED' }), known(undefined));
    assert.deepEqual(await leaseWith(held({ released: true }), { 'other-1': 'RUNNING' }), known(undefined));
    assert.deepEqual(await leaseWith(held(), { 'other-1': 'RUNNING' }, 'other-1'), known(undefined));
  });

  it('have the last move, and whether its intent waits for keys still', async () => {
    const runtime = world();
    await runtime.table.write('fleet', 'payments', history, 0);
    const over = await gatherCircumstances(runtime, asked);
    await runtime.table.write('intent', 'payments-1', opened(requestWith(), NOW - 1), 0);
    const open = await gatherCircumstances(runtime, asked);

    assert.deepEqual([over.history, over.lastMoveOpen], [known(history), known(false)]);
    assert.deepEqual(open.lastMoveOpen, known(true));
  });

  it('have the incidents that the fleet has heard of and that go on', async () => {
    const runtime = world();
    const heard: FleetWatch = { watches: [{ incident: 'health-1', region: SOURCE, origin: 'arn', heardAt: NOW, changes: 0 }] };
    await runtime.table.write('watch', 'payments', heard, 0);

    assert.deepEqual((await gatherCircumstances(runtime, asked)).incidents, known([{ incident: 'health-1', region: SOURCE }]));
  });

  it('are unknown, with the cause, where the table does not answer; what the one who asks knows stands', async () => {
    const runtime = world();
    const table = {
      ...runtime.table,
      read: () => Promise.reject(new Error('the table timed out')),
    };
    const eligibility = known({ eligible: 3, looked: 4, because: [] });

    const found = await gatherCircumstances({ ...runtime, table }, { ...asked, eligibility, override: ['home-stable'] });

    for (const part of ['switches', 'lease', 'history', 'lastMoveOpen', 'incidents'] as const)
      assert.deepEqual(found[part], { kind: 'unknown', why: 'the table timed out' }, part);
    assert.deepEqual([found.eligibility, found.override], [eligibility, ['home-stable']]);
  });
});

describe('A lease that was pre-empted', () => {
  const own = `${intentId(asked.request)}-1`;
  const drill = held({ holder: 'drill-1', operation: 'drill', released: true });
  const told = async (lease: Lease) => {
    const runtime = world({ [own]: 'RUNNING' });
    await runtime.table.write('lease', 'payments', lease, 0);
    const found = (await gatherCircumstances(runtime, { ...asked, runId: own })).lease;
    return found.kind === 'known' ? found.value : undefined;
  };

  it('is told to the runs of the intent for whose sake it was given back', async () => {
    assert.deepEqual(await told({ ...drill, preemptedBy: own }), { ...drill, preemptedBy: own });
    assert.equal(await told({ ...drill, preemptedBy: 'other-1' }), undefined);
    assert.equal(await told(drill), undefined);
  });

  it('is told them still when one of them has the fleet and plans anew', async () => {
    const { holder, operation } = drill;
    const taken = held({ holder: own, operation: 'failover', tookFrom: { holder, operation } });

    assert.deepEqual(await told(taken), { ...taken, holder, operation, released: true, preemptedBy: own });
    assert.equal(await told(held({ holder: own })), undefined);
  });
});
