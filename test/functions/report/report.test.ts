import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concluded, type KeyRecord } from '../../../core/batch/record.ts';
import { type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import { LEASE_MS, type Lease } from '../../../core/coordination/lease.ts';
import { because, PROMOTED } from '../../../core/outcome/outcome.ts';
import type { Bus } from '../../../core/ports/bus.ts';
import { createBatches } from '../../../functions/frame/batches.ts';
import { evidencePath } from '../../../functions/frame/evidence-path.ts';
import { createRun } from '../../../functions/frame/run-file.ts';
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
}

/** A run whose keys are through, with its lease and its intent. */
const reported = async ({ records = [promoted], bus = createRecordingBus(), later }: Given = {}) => {
  const logged: string[] = [];
  const runtime = runtimeWith({ bus, log: (message) => logged.push(message) });
  await createRun(runtime, run);
  await createBatches(runtime, runId, [batchWith({ records })]);
  const intent = withRun(opened(requestWith(), 0), requestWith(), runId, 0);
  await runtime.table.write('intent', run.intent, later === undefined ? intent : withRun(intent, requestWith(), later, 0), 0);
  const lease: Lease = { holder: runId, operation: 'failover', fence: 1, expiresAt: LEASE_MS, released: false };
  await runtime.table.write('lease', run.fleetName, lease, 0);
  const answer = await report({ runId }, runtime);
  return {
    answer,
    logged,
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
    assert.deepEqual(bus.events.at(-1), { detailType: 'Keys Blocked', detail: { runId, fleet: run.fleetName, blocked: 1 } });
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
    assert.deepEqual(logged, ['the bus did not take the events of a run']);
  });
});
