import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { closed, type Intent, opened } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import type { StopSwitch } from '../../../core/decision/switch.ts';
import type { Table } from '../../../core/ports/table.ts';
import type { Region } from '../../../core/region.ts';
import type { AnnouncedRun } from '../../../core/run/announced.ts';
import { intentId } from '../../../core/run/name.ts';
import { FLEET_FILE } from '../../../functions/frame/fleets.ts';
import { loadAllBatches } from '../../../functions/frame/run/batches.ts';
import { findRun, loadRun } from '../../../functions/frame/run/run-file.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { plan } from '../../../functions/plan/plan.ts';
import { createRecordingBus } from '../../../simulator/bus/recording-bus.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { executionsWith } from '../../support/executions.ts';
import { keyRef, SOURCE, TARGET, THIRD } from '../../support/keys.ts';
import { plainKms } from '../../support/plain-kms.ts';
import { runWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';
import { type Effect, watchedPorts } from '../../support/watched-ports.ts';

const NOW = Date.parse('2026-10-20T08:00:00Z');
const KEYS = ['1', '2', '3', '4'].map((digits) => keyRef(digits));
const exception = (digits: string, expires: string) => ({
  key: keyRef(digits).keyId,
  reason: 'the vault is being migrated',
  owner: 'vault-team',
  expires,
});

const announcedBy = (start: AnnouncedRun['start'], controlRegion: Region): AnnouncedRun => ({
  signal: start,
  announcedAt: NOW,
  controlRegion,
  start,
  source: SOURCE,
});

const world = (exceptions: readonly object[] = []) => {
  const { kms, primaries } = plainKms(KEYS, [SOURCE, TARGET, THIRD]);
  const effects: Effect[] = [];
  const bus = createRecordingBus();
  const { executions } = executionsWith();
  const inner = runtimeWith({ clock: new VirtualClock(NOW), kms, bus, executions });
  const runtime = watchedPorts(
    inner,
    async () => undefined,
    (effect) => effects.push(effect),
  );
  const payments = { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2', 'eu-west-1'], exceptions };
  const fleets = JSON.stringify({ fleets: { payments } });
  const planned = async (request: unknown, runId = 'run-1', parts: Partial<Runtime> = {}) => {
    await inner.store.put(FLEET_FILE, fleets);
    const answer = await plan({ runId, request, startedAt: new Date(NOW).toISOString() }, { ...runtime, ...parts });
    return { answer, run: await loadRun(inner, runId) };
  };
  const put = async (keyIds: readonly string[], where: Region) => {
    for (const keyId of keyIds) primaries.set(keyId, where);
  };
  return { runtime, inner, bus, effects, planned, put };
};

const failover = { fleet: 'payments', operation: 'failover', reason: 'INC-1' };

const wrong: ReadonlyArray<{ field: string; request: unknown }> = [
  { field: 'fleet', request: { ...failover, fleet: 'paiments' } },
  { field: 'fleet', request: { ...failover, fleet: 7 } },
  { field: 'operation', request: { ...failover, operation: 'promote' } },
  { field: 'target', request: { ...failover, target: 'sa-east-1' } },
  { field: 'target', request: { ...failover, target: 'Oregon' } },
  { field: 'target', request: { ...failover, operation: 'failback', target: 'us-west-2' } },
  { field: 'target', request: { ...failover, operation: 'drill', target: 'us-east-1' } },
  { field: 'reason', request: { ...failover, reason: '' } },
  { field: 'override.0', request: { ...failover, override: ['lease'] } },
  { field: 'source', request: { ...failover, source: 'us-east-1' } },
];

describe('A run whose name was used before', () => {
  const DAY_MS = 24 * 3_600_000;
  const used = async (lying: Readonly<Record<string, string>>) => {
    const { planned, inner, effects } = world();
    for (const [path, text] of Object.entries(lying)) await inner.store.put(path, text);
    const error = await planned(failover).then(
      () => assert.fail('it was planned'),
      (thrown: Error) => thrown,
    );
    assert.equal(error.name, 'InvalidRequest');
    assert.deepEqual(effects, []);
    return error.message;
  };
  const summary = JSON.stringify({ startedAt: NOW - 95 * DAY_MS });

  it('is refused while evidence lies under it, and told when that was, and what lifts it', async () => {
    assert.equal(
      await used({ 'evidence/run-1/summary.json': summary }),
      'name: the name run-1 was used by a run that was started at 2026-07-17T08:00:00Z, and what that run left lies under it. What lifts it: start the run again under a new name.',
    );
  });

  it('is refused also where nothing readable says when that was', async () => {
    for (const lying of [
      { 'keys.jsonl': '' },
      { 'summary.json': '{oops' },
      { 'summary.json': '{"startedAt":1e20}' },
      { 'summary.json': 'null' },
    ])
      for (const [file, text] of Object.entries(lying))
        assert.match(
          await used({ [`evidence/run-1/${file}`]: text }),
          /^name: the name run-1 was used before, and nothing readable says when/,
        );
  });

  it('does not go on with the plan of the run that had it, though nothing of that is left but the plan', async () => {
    const old = JSON.stringify(runWith({ runId: 'run-1', startedAt: NOW - 91 * DAY_MS }));

    assert.match(await used({ 'runs/run-1/run.json': old }), /was started at 2026-07-21T08:00:00Z/);
  });

  it('goes on with its own plan, which may be days old and have its evidence', async () => {
    const { planned, inner } = world();
    const own = runWith({ runId: 'run-1', startedAt: NOW - 2 * DAY_MS });
    await inner.store.put('runs/run-1/run.json', JSON.stringify(own));
    await inner.store.put('evidence/run-1/summary.json', summary);

    assert.deepEqual((await planned(failover)).answer.stages, own.stages);
  });
});

describe('A plan refuses what makes no sense, in a sentence that names the field, and touches nothing:', () => {
  for (const { field, request } of wrong)
    it(JSON.stringify(request), async () => {
      const { planned, effects, inner } = world();

      await assert.rejects(planned(request), { name: 'InvalidRequest', message: new RegExp(`^${field}: .*\\.$`) });
      assert.deepEqual(effects, []);
      for (const kind of ['lease', 'lane', 'run', 'intent', 'window'] as const) assert.deepEqual(await inner.table.list(kind), []);
    });
});

describe('A plan that a guard refuses', () => {
  it('says which guard, why, and what lifts it, and touches nothing but the record of that, once', async () => {
    const { planned, effects, inner } = world();
    const thrown: StopSwitch = { scope: 'global', owner: 'alice', reason: 'freeze', thrownAt: NOW, expiresAt: NOW + 3_600_000 };
    await inner.table.write('switch', 'global', thrown, 0);

    await assert.rejects(planned(failover), {
      name: 'RefusedByGuard',
      message:
        /^stop-switch: alice threw the global stop switch: freeze\. What lifts it: taking the switch back, or its expiry at 2026-10-20T09:00:00Z\.$/,
    });
    await assert.rejects(planned(failover), { name: 'RefusedByGuard' });

    assert.deepEqual(effects, [{ port: 'table', what: 'decision/payments/plan-run-1' }]);
    const record = (await inner.table.read<Decision>('decision', 'payments/plan-run-1'))?.value;
    assert.deepEqual([record?.state, record?.verb, record?.rule, record?.runId], ['decided', 'observe', 'STOP_SWITCH_ON', 'run-1']);
    assert.match(record?.why ?? '', /refused .* alice threw the global stop switch: freeze\.$/);
    assert.match(record?.liftedBy?.join() ?? '', /^taking the switch back/);
    assert.deepEqual([record?.request?.operation, record?.judgement?.allowed], ['failover', false]);
  });
});

describe('A run that a person stops before it has a plan', () => {
  const stopped = (at: number): FleetHistory => ({ stopped: { by: 'alice', at, reason: 'the wrong day' } });

  it('ends there, says who stopped it and how it is started again, and touches nothing', async () => {
    const { planned, effects, inner } = world();
    await inner.table.write('fleet', 'payments', stopped(NOW), 0);

    await assert.rejects(planned(failover), {
      name: 'CalledOff',
      message:
        /^stop: alice stopped what was under way for fleet payments at 2026-10-20T08:00:00Z: the wrong day\. .* What lifts it: a person who starts the run again\.$/,
    });
    assert.deepEqual(effects, []);
  });

  it('gives the lease back when the stop comes at the last moment, and writes no plan', async () => {
    const { planned, inner } = world();
    const table: Table = {
      ...inner.table,
      async write(kind, id, value, ifVersion) {
        const written = await inner.table.write(kind, id, value, ifVersion);
        if (kind === 'lease' && written) await inner.table.write('fleet', 'payments', stopped(NOW + 1), 0);
        return written;
      },
    };

    await assert.rejects(planned(failover, 'run-1', { table }), { name: 'CalledOff' });

    assert.equal((await inner.table.read<Lease>('lease', 'payments'))?.value.released, true);
    assert.deepEqual(await inner.table.list('intent'), []);
    assert.equal(await findRun(inner, 'run-1'), undefined);
  });

  it('lets the drill go on that it had asked to make way', async () => {
    const { planned, inner } = world();
    const drill: Lease = {
      holder: 'drill-1',
      operation: 'drill',
      fence: 1,
      expiresAt: NOW + 180_000,
      released: false,
      preemptedBy: 'run-1',
    };
    await inner.table.write('lease', 'payments', drill, 0);
    await inner.table.write('fleet', 'payments', stopped(NOW), 0);

    await assert.rejects(planned(failover), { name: 'CalledOff' });

    const { preemptedBy: _, ...before } = drill;
    assert.deepEqual((await inner.table.read<Lease>('lease', 'payments'))?.value, before);
  });

  it('may be started again after that', async () => {
    const { planned, inner } = world();
    await inner.table.write('fleet', 'payments', stopped(NOW - 1), 0);

    assert.equal((await planned(failover)).answer.next, 'run');
  });

  it('is not gone on with by a run that was started for its intent meanwhile: the intent is closed', async () => {
    const { planned, inner } = world();
    const request = { fleet: 'payments', operation: 'failover', source: SOURCE, target: TARGET, incident: 'INC-1' } as const;
    const intent = closed(opened(request, NOW), 'alice stopped it') ?? assert.fail();
    await inner.table.write('intent', intentId(request), intent, 0);
    await inner.table.write('run', 'run-1', announcedBy('follow-up', inner.controlRegion), 0);

    await assert.rejects(planned({ ...failover, target: TARGET }), { name: 'CalledOff', message: /alice stopped it/ });

    assert.equal((await inner.table.read<Intent>('intent', intentId(request)))?.value.state, 'closed');
    assert.equal((await inner.table.read<Lease>('lease', 'payments'))?.value.released, true);
  });
});

describe('What a plan makes of a person’s words', () => {
  it('follows from where the primaries are', async () => {
    const { planned, put } = world();
    await put(
      KEYS.map(({ keyId }) => keyId),
      TARGET,
    );

    const { run } = await planned(failover);

    assert.deepEqual([run.request.source, run.request.target, run.start], [TARGET, THIRD, 'person']);
  });

  it('is the same when they ask again half-way, although most of the keys have left by then', async () => {
    const { planned, put, inner } = world();
    const first = await planned(failover);
    await put(
      KEYS.slice(1).map(({ keyId }) => keyId),
      TARGET,
    );
    const lease = (await inner.table.read<object>('lease', 'payments')) ?? assert.fail();
    await inner.table.write('lease', 'payments', { ...lease.value, released: true }, lease.version);

    const second = await planned(failover, 'run-2');

    assert.deepEqual(second.run.request, first.run.request);
    assert.equal(second.run.generation, 2);
  });

  it('is told to the bus as a run that begins', async () => {
    const { planned, bus } = world();
    const { run } = await planned(failover);

    assert.deepEqual(
      bus.events.map(({ detailType, detail }) => [detailType, detail.runId, detail.startedBy, detail.keys]),
      [['Run Started', run.runId, 'person', KEYS.length]],
    );
  });
});

it('A plan of a run that was announced leaves the Region that the decision found, and knows who wanted it', async () => {
  const { planned, inner } = world();
  const announced: AnnouncedRun = {
    signal: 'approval',
    announcedAt: NOW,
    controlRegion: inner.controlRegion,
    start: 'approval',
    approvedBy: 'alice',
    source: THIRD,
  };
  await inner.table.write('run', 'run-1', announced, 0);

  const { run } = await planned({ ...failover, target: TARGET });

  assert.deepEqual([run.request.source, run.request.target, run.start], [THIRD, TARGET, 'approval']);
});

describe('Exceptions of the fleet file', () => {
  const both = [exception('1', '2026-12-31'), exception('2', '2026-10-19')];
  const noted = async (operation: string) => {
    const { planned, inner } = world(both);
    const { run } = await planned({ ...failover, operation });
    const batches = await loadAllBatches(inner, run);
    return { notes: run.notes, keyIds: batches.flatMap(({ records }) => records.map(({ keyId }) => keyId)) };
  };

  it('keep their keys out of a drill, which says so', async () => {
    const { notes, keyIds } = await noted('drill');

    assert.deepEqual(
      keyIds.toSorted(),
      KEYS.slice(1).map(({ keyId }) => keyId),
    );
    assert.match(
      notes.join('\n'),
      /EXCEPTED: 111122223333\/mrk-0+1 is no part of this run: the vault is being migrated \(vault-team, until 2026-12-31\)\./,
    );
  });

  it('leave their keys in the plan of a failover, where people must see what is left behind', async () => {
    const { notes, keyIds } = await noted('failover');

    assert.equal(keyIds.length, KEYS.length);
    assert.doesNotMatch(notes.join('\n'), /EXCEPTED/);
  });

  it('are reported once they have expired, and hold nothing back any more', async () => {
    const { notes } = await noted('switchover');

    assert.match(
      notes.join('\n'),
      /EXCEPTION_EXPIRED: the exception for mrk-0+2 .* ended with 2026-10-19, and the key moves with the fleet again/,
    );
  });
});
