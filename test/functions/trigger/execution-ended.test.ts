import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import { LEASE_MS, type Lease } from '../../../core/coordination/lease.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import type { ExecutionStatus } from '../../../core/ports/executions.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { createBatches } from '../../../functions/frame/run/batches.ts';
import { evidencePath } from '../../../functions/frame/run/evidence-path.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import { deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { batchWith, requestWith, runWith } from '../../support/runs.ts';
import { executionSignal } from '../../support/signals.ts';

const request = requestWith();
const id = intentId(request);
const [first = '', second = ''] = [1, 2].map((generation) => runName(id, generation));

/** A run that holds its lease and has a key without an outcome. */
const running = async (status: ExecutionStatus) => {
  const world = await deciders({ statuses: { [first]: status } });
  const { clock, table, give } = world;
  const { runtime, bus, started } = world.first;
  const lease: Lease = { holder: first, operation: 'failover', fence: 1, expiresAt: MORNING + LEASE_MS, released: false };
  await clock.run(
    (async () => {
      await createRun(runtime, runWith({ runId: first, intent: id, request }));
      await createBatches(runtime, first, [batchWith()]);
      await table.write<Intent>('intent', id, withRun(opened(request, MORNING), request, first, MORNING), 0);
      await table.write('lease', 'payments', lease, 0);
    })(),
  );
  const ended = async (said: string) => {
    const answer = await give(executionSignal(first, said));
    return 'closeOut' in answer ? answer.closeOut.kind : assert.fail('the event was taken for something else');
  };
  const ticks = async (minutes: number) => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await clock.run(clock.sleep(MINUTE_MS));
      await give(TICK);
    }
  };
  const isReported = async () => (await clock.run(runtime.store.get(evidencePath(first)))) !== undefined;
  const finished = () => bus.events.filter(({ detailType }) => detailType === 'Run Finished').length;
  return { ...world, started, ended, ticks, isReported, finished };
};

describe('An execution that was stopped', () => {
  it('is closed by the ticks when its calls cannot be on their way any more, once, and nothing follows it', async () => {
    const { ended, ticks, isReported, finished, started, clock, table } = await running('ABORTED');
    assert.equal(await ended('ABORTED'), 'waiting');
    await ticks(3);
    assert.equal(await isReported(), false);
    await ticks(5);

    assert.equal(await isReported(), true);
    assert.equal(finished(), 1);
    assert.deepEqual(started, []);
    assert.equal(await ended('ABORTED'), 'nothing');
    const decisions = await clock.run(table.list<Decision>('decision'));
    assert.deepEqual(
      decisions.map(({ value }) => value.rule),
      ['RUN_CLOSED_OUT'],
    );
  });
});

describe('An execution that died', () => {
  it('is closed before the next run of its intent starts, also when nobody told of its death', async () => {
    const { ticks, isReported, finished, started } = await running('TIMED_OUT');
    await ticks(3);
    assert.deepEqual([started, await isReported()], [[], false]);
    await ticks(5);

    assert.deepEqual([started, await isReported(), finished()], [[second], true, 1]);
  });
});

describe('An execution that goes on, or ended well', () => {
  it('is left alone, also when an older event says that it failed', async () => {
    const goesOn = await running('RUNNING');
    const succeeded = await running('SUCCEEDED');

    assert.equal(await goesOn.ended('RUNNING'), 'nothing');
    assert.equal(await goesOn.ended('FAILED'), 'nothing');
    assert.equal(await succeeded.ended('SUCCEEDED'), 'nothing');
    assert.deepEqual([goesOn.finished(), succeeded.finished()], [0, 0]);
  });
});
