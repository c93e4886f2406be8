import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Lease } from '../../../core/coordination/lease.ts';
import { createBatches, loadBatch } from '../../../functions/frame/run/batches.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import { promote } from '../../../functions/promote/promote.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { keyRef, SOURCE, TARGET } from '../../support/keys.ts';
import { plainKms } from '../../support/plain-kms.ts';
import { batchWith, recordWith, runWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';

const KEYS = ['1', '2', '3'].map((digits) => keyRef(digits));

test('Calls are announced at whole milliseconds, as evidence tells times, also on a lane whose slots lie between them', async () => {
  const clock = new VirtualClock(1_000_000);
  const { kms: plain } = plainKms(KEYS, [SOURCE, TARGET]);
  const announced: Array<number | undefined> = [];
  const send: typeof plain.promote = async (key, target) => {
    if (announced.length === 0) announced.push(...(await loadBatch(runtime, run.runId, 1)).batch.records.map(({ sentAt }) => sentAt));
    return plain.promote(key, target);
  };
  const runtime = runtimeWith({ kms: { ...plain, promote: send }, clock });
  const run = runWith();
  const lease: Lease = {
    holder: run.runId,
    operation: run.request.operation,
    fence: run.fence,
    expiresAt: clock.now() + 180_000,
    released: false,
  };
  await runtime.table.write('lease', run.fleetName, lease, 0);
  await createRun(runtime, run);
  const records = KEYS.map((key) => recordWith({ ...key, phase: 'ready', origin: SOURCE, primary: SOURCE, regions: [SOURCE, TARGET] }));
  const window = { id: 'w', firstSlotAt: clock.now() + 500.25, spacingMs: 1000 / 3, count: KEYS.length };
  await createBatches(runtime, run.runId, [batchWith({ records, window })]);

  await clock.run(promote({ runId: run.runId, stage: 'rest', batch: 1 }, runtime));

  assert.deepEqual(announced, [1_000_500, 1_000_834, 1_001_167]);
});
