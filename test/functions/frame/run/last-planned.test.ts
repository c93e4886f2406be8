import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastPlanned } from '../../../../functions/frame/run/last-planned.ts';
import { createRun } from '../../../../functions/frame/run/run-file.ts';
import { runWith } from '../../../support/runs.ts';
import { runtimeWith } from '../../../support/runtime.ts';

test('the last planned run of an intent is the last that has a plan, whatever was started after it', async () => {
  const runtime = runtimeWith();
  for (const runId of ['r-1', 'r-2']) await createRun(runtime, runWith({ runId }));

  assert.equal((await lastPlanned(runtime, ['r-1', 'r-2', 'r-3', 'r-4']))?.runId, 'r-2');
  assert.equal(await lastPlanned(runtime, ['r-3', 'r-4']), undefined);
  assert.equal(await lastPlanned(runtime, []), undefined);
});
