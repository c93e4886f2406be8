import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Start } from '../../../../core/decision/start.ts';
import { region } from '../../../../core/region.ts';
import type { AnnouncedRun } from '../../../../core/run/announced.ts';
import { announceAndStart } from '../../../../functions/frame/run/start-run.ts';
import type { Runtime } from '../../../../functions/frame/runtime.ts';
import { createMemoryTable } from '../../../../simulator/table/memory-table.ts';
import { executionsWith } from '../../../support/executions.ts';
import { requestWith } from '../../../support/runs.ts';
import { runtimeWith } from '../../../support/runtime.ts';

const request = requestWith();
const start = (runtime: Runtime, by: Start = { by: 'signal' }) => announceAndStart(runtime, 'run-1', request, 'a test', by, 'payments/d');

/** Two control Regions that share a table. */
const two = () => {
  const table = createMemoryTable();
  return ['us-east-2', 'eu-central-1'].map((code) => {
    const { executions, started } = executionsWith();
    return { runtime: runtimeWith({ table, executions, controlRegion: region(code) }), started };
  });
};

describe('A run that is started', () => {
  it('is noted first: by whom, where, and for which decision', async () => {
    const [{ runtime, started } = assert.fail()] = two();

    assert.equal(await start(runtime), 'started');
    assert.deepEqual(started, ['run-1']);
    const noted = (await runtime.table.read<AnnouncedRun>('run', 'run-1'))?.value;
    assert.deepEqual(noted, {
      signal: 'a test',
      announcedAt: 0,
      controlRegion: 'us-east-2',
      start: 'signal',
      source: request.source,
      decision: 'payments/d',
    });
  });

  it('by an approval is noted with who approved it', async () => {
    const [{ runtime } = assert.fail()] = two();
    await start(runtime, { by: 'approval', approvedBy: 'ann' });

    assert.equal((await runtime.table.read<AnnouncedRun>('run', 'run-1'))?.value.approvedBy, 'ann');
  });

  it('starts once, in the control Region that noted it first', async () => {
    const [one = assert.fail(), other = assert.fail()] = two();

    assert.deepEqual([await start(one.runtime), await start(other.runtime), await start(one.runtime)], ['started', 'exists', 'exists']);
    assert.deepEqual([one.started, other.started], [['run-1'], []]);
  });

  it('is started by the next try when whoever noted it died before the start', async () => {
    const [{ runtime, started } = assert.fail()] = two();
    const dying: Runtime = { ...runtime, executions: { ...runtime.executions, start: () => Promise.reject(new Error('killed')) } };
    await assert.rejects(start(dying), /killed/);

    assert.equal(await start(runtime), 'started');
    assert.deepEqual(started, ['run-1']);
  });
});
