import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Batch, STAGES } from '../../../core/batch/batch.ts';
import { concluded, type KeyRecord } from '../../../core/batch/record.ts';
import { type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import { LEASE_MS, type Lease } from '../../../core/coordination/lease.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import { LIFECYCLE_EVENTS, type LifecycleEventType } from '../../../core/events/lifecycle.ts';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { sealed } from '../../../core/evidence/seal.ts';
import { because, PROMOTED } from '../../../core/outcome/outcome.ts';
import type { Bus } from '../../../core/ports/bus.ts';
import type { Store } from '../../../core/ports/store.ts';
import { createBatches } from '../../../functions/frame/run/batches.ts';
import { evidencePath } from '../../../functions/frame/run/evidence-path.ts';
import { createRun, type RunFile } from '../../../functions/frame/run/run-file.ts';
import { report } from '../../../functions/report/report.ts';
import { createRecordingBus } from '../../../simulator/bus/recording-bus.ts';
import { keyRef, SOURCE } from '../../support/keys.ts';
import { batchWith, recordWith, requestWith, runWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';

const run = runWith();
const { runId } = run;
const promoted = concluded(recordWith(keyRef('1')), PROMOTED);
const blocked = concluded(recordWith({ ...keyRef('2'), primary: SOURCE }), because('PRIMARY_UNREACHABLE'));
const unattempted = recordWith(keyRef('3'));

interface Given {
  readonly records?: readonly KeyRecord[];
  readonly bus?: Bus;
  /** The run that came after this one. */
  readonly later?: string;
  readonly run?: RunFile;
  readonly batches?: readonly Batch[];
  readonly history?: FleetHistory;
  /** Who stopped the run, and whether that was before its report or when the evidence was written. */
  readonly stoppedBy?: string;
  readonly stoppedAt?: 'evidence';
}

/** A run whose keys are through, with its lease and its intent. */
const reported = async (given: Given = {}) => {
  const { records = [promoted], bus = createRecordingBus(), later, history, batches = [batchWith({ records })], stoppedBy } = given;
  const logged: string[] = [];
  const runtime = runtimeWith({ bus, log: (message) => logged.push(message) });
  await createRun(runtime, given.run ?? run);
  await createBatches(runtime, runId, batches);
  if (history !== undefined) await runtime.table.write('fleet', run.fleetName, history, 0);
  const intent = withRun(opened(requestWith(), 0), requestWith(), runId, 0);
  await runtime.table.write('intent', run.intent, later === undefined ? intent : withRun(intent, requestWith(), later, 0), 0);
  const lease: Lease = { holder: runId, operation: 'failover', fence: 1, expiresAt: LEASE_MS, released: false };
  await runtime.table.write(
    'lease',
    run.fleetName,
    stoppedBy === undefined || given.stoppedAt !== undefined ? lease : { ...lease, stoppedBy },
    0,
  );
  const { store } = runtime;
  const put: Store['put'] = async (...some) => {
    const current = await runtime.table.read<Lease>('lease', run.fleetName);
    if (given.stoppedAt === 'evidence' && current?.value.stoppedBy === undefined)
      await runtime.table.write('lease', run.fleetName, { ...current?.value, stoppedBy }, current?.version ?? 0);
    return store.put(...some);
  };
  const answer = await report({ runId }, { ...runtime, store: { ...store, put } });
  return {
    runtime,
    answer,
    logged,
    history: (await runtime.table.read<FleetHistory>('fleet', run.fleetName))?.value,
    intent: (await runtime.table.read<Intent>('intent', run.intent))?.value,
    lease: (await runtime.table.read<Lease>('lease', run.fleetName))?.value,
    evidence: await runtime.store.get(evidencePath(runId)),
  };
};

describe('A run’s report', () => {
  it('of a fleet that has moved closes the intent, gives the lease back and tells the bus', async () => {
    const bus = createRecordingBus();
    const { answer, intent, lease } = await reported({ bus });

    assert.deepEqual(answer, { result: 'moved', green: true });
    assert.equal(intent?.state, 'closed');
    assert.equal(lease?.released, true);
    assert.deepEqual(
      bus.events.map(({ detailType }) => detailType),
      ['Run Finished'],
    );
  });

  it('of blocked keys leaves the intent open with a sample of them, and tells the bus how many', async () => {
    const bus = createRecordingBus();
    const { intent } = await reported({ records: [promoted, blocked], bus });

    assert.deepEqual([intent?.state, intent?.blockedSample], ['open', [{ ...keyRef('2'), region: SOURCE }]]);
    const told = bus.events.find(({ detailType }) => detailType === 'Keys Blocked')?.detail;
    assert.deepEqual([told?.runId, told?.fleet, told?.blocked, told?.withoutProof], [runId, run.fleetName, 1, 1]);
  });

  it('of a run that a person stopped closes the intent, also when some of its keys are blocked', async () => {
    const halted = concluded(recordWith(keyRef('3')), because('STOPPED'));
    const { intent } = await reported({ records: [promoted, blocked, halted] });

    assert.deepEqual([intent?.state, intent?.blockedSample], ['closed', []]);
  });

  it('of a run that a person stopped when all of its keys were blocked already closes the intent, and says what that means', async () => {
    const bus = createRecordingBus();
    const { intent, evidence } = await reported({ records: [blocked], stoppedBy: 'alice', bus });

    assert.deepEqual([intent?.state, intent?.blockedSample], ['closed', []]);
    assert.match(evidence?.body ?? '', /STOPPED: alice stopped this run; a person starts the next\./);
    const told = bus.events.find(({ detailType }) => detailType === 'Keys Blocked')?.detail;
    assert.match(String(told?.next), /^The intent is closed, since a person stopped the run: nothing moves these keys by itself/);
  });

  it('closes the intent also when the stop comes while it is being written', async () => {
    const { intent, lease } = await reported({ records: [blocked], stoppedBy: 'alice', stoppedAt: 'evidence' });

    assert.deepEqual([intent?.state, lease?.released, lease?.stoppedBy], ['closed', true, 'alice']);
  });

  it('of a stopped drill leaves the intent open for its blocked keys, which come home all the same', async () => {
    const drill = runWith({ request: requestWith({ operation: 'drill' }), stages: STAGES });
    const halted = concluded(recordWith(keyRef('3')), because('STOPPED'));
    const home = batchWith({ stage: 'back', target: SOURCE, number: 1_000_001, records: [blocked, halted] });
    const { intent } = await reported({ run: drill, batches: [batchWith({ records: [blocked, halted] }), home] });

    assert.equal(intent?.state, 'open');
  });

  it('of keys whose turn never came leaves the intent open, to be taken up whatever the blocked ones wait for', async () => {
    const { intent } = await reported({ records: [promoted, blocked, unattempted] });

    assert.deepEqual([intent?.state, intent?.blockedSample], ['open', []]);
  });

  it('of a run that is not the intent’s last any more leaves the intent to the later one', async () => {
    const { intent, lease } = await reported({ later: 'payments-0-2' });

    assert.equal(intent?.state, 'open');
    assert.equal(lease?.released, true);
  });

  it('that the bus does not take is logged, and keeps neither the intent nor the lease', async () => {
    const bus: Bus = { put: () => Promise.reject(new Error('the bus is down')) };
    const { answer, intent, lease, evidence, logged } = await reported({ records: [blocked], bus });

    assert.deepEqual(answer, { result: 'blocked', green: false });
    assert.equal(intent?.blockedSample.length, 1);
    assert.equal(lease?.released, true);
    assert.ok(evidence !== undefined);
    assert.deepEqual(logged, ['the bus did not take every event; the others wait in the table']);
  });

  it('announces nothing but what the published schemas allow', async () => {
    const bus = createRecordingBus();
    await reported({ records: [promoted, blocked, unattempted], bus });

    assert.deepEqual(
      bus.events.map(({ detailType }) => detailType),
      ['Keys Blocked', 'Run Finished'],
    );
    for (const { detailType, detail } of bus.events) LIFECYCLE_EVENTS[detailType as LifecycleEventType].parse(detail);
  });
});

describe('What a fleet remembers of its moves', () => {
  const historyOf = async (given: Given = {}) => (await reported(given)).history?.lastMove;

  it('is the run that moved a key for good', async () => {
    const { operation, source, target, incident } = run.request;

    assert.deepEqual(await historyOf(), { runId, intent: run.intent, operation, source, target, incident, start: 'signal', endedAt: 0 });
  });

  it('is nothing new after a run that moved none', async () => {
    assert.equal(await historyOf({ records: [blocked, unattempted] }), undefined);
  });

  it('is no drill that came home, and is one that did not', async () => {
    const drill = runWith({ request: requestWith({ operation: 'drill' }), stages: STAGES });
    const home = batchWith({ stage: 'back', target: SOURCE, number: 1_000_001, records: [promoted] });

    assert.equal(await historyOf({ run: drill, batches: [batchWith({ records: [promoted] }), home] }), undefined);
    assert.equal((await historyOf({ run: drill, batches: [batchWith({ records: [promoted] })] }))?.operation, 'drill');
  });

  it('stands when an earlier run reports late', async () => {
    const later = { ...run.request, runId: 'payments-0-2', intent: run.intent, start: 'person', endedAt: 9 } as const;
    const history: FleetHistory = { lastMove: later };

    assert.deepEqual(await historyOf({ history }), later);
  });
});

describe('A run’s report that is written again', () => {
  it('says the same when the fleet is another run’s by then, and writes nothing', async () => {
    const { runtime, answer, evidence } = await reported();
    const lease = (await runtime.table.read<Lease>('lease', run.fleetName)) ?? assert.fail();
    await runtime.table.write('lease', run.fleetName, { ...lease.value, holder: 'payments-0-2', fence: 2, released: false }, lease.version);

    assert.deepEqual(await report({ runId }, runtime), answer);
    assert.deepEqual(await runtime.store.get(evidencePath(runId)), evidence);
  });

  it('is told again, by the published schema, when the fleet is another run’s by then', async () => {
    const bus = createRecordingBus();
    const { runtime } = await reported({ bus });
    const [, again] = [await report({ runId }, runtime), bus.events.at(-1)];

    assert.deepEqual([bus.events.length, again?.detail], [2, bus.events[0]?.detail]);
    LIFECYCLE_EVENTS['Run Finished'].parse(again?.detail);
  });

  for (const [whose, change] of [
    ['of an earlier version, which sealed nothing', ({ seal: _, controlRegion: __, keysSha256: ___, ...rest }: Evidence) => rest],
    ['that somebody has put in its place, with a seal of its own', (evidence: Evidence) => sealed({ ...evidence, result: 'blocked' })],
  ] as const)
    it(`does not tell of a summary ${whose}, and is left to whoever closes the run`, async () => {
      const bus = createRecordingBus();
      const { runtime, evidence } = await reported({ bus });
      await runtime.store.put(evidencePath(runId), `${JSON.stringify(change(JSON.parse(evidence?.body ?? '')), null, 2)}\n`);

      await assert.rejects(report({ runId }, runtime), { name: 'FencedOff' });
      assert.equal(bus.events.length, 1);
    });

  it('is left to whoever closes the run when the fleet went to another before the first', async () => {
    const runtime = runtimeWith();
    await createRun(runtime, run);
    await createBatches(runtime, runId, [batchWith({ records: [promoted] })]);
    await runtime.table.write(
      'lease',
      run.fleetName,
      { holder: 'payments-0-2', operation: 'failover', fence: 2, expiresAt: 1, released: false },
      0,
    );

    await assert.rejects(report({ runId }, runtime), { name: 'FencedOff' });
    assert.deepEqual(await runtime.store.list('evidence/'), []);
  });
});

describe('The report of a drill', () => {
  it('says how many cryptographic calls were made on the keys, and how many of them failed', async () => {
    const bus = createRecordingBus();
    const drill = runWith({ request: requestWith({ operation: 'drill' }), stages: STAGES });
    const crypto = { calls: 40, failed: 1, examples: ['us-west-2: KMSInternalException'] };
    const there = batchWith({ records: [promoted], crypto });
    const home = batchWith({
      stage: 'back',
      target: SOURCE,
      number: 1_000_001,
      records: [promoted],
      crypto: { ...crypto, failed: 0, examples: [] },
    });
    const { evidence } = await reported({ run: drill, batches: [there, home], bus });

    assert.deepEqual(JSON.parse(evidence?.body ?? '').crypto, { calls: 80, failed: 1, examples: ['us-west-2: KMSInternalException'] });
    assert.deepEqual(bus.events.at(-1)?.detail.crypto, { calls: 80, failed: 1 });
  });
});
