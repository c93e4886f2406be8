import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KeyRecord } from '../../../core/batch/record.ts';
import { type Intent, withRun } from '../../../core/coordination/intent.ts';
import { because, PROMOTED } from '../../../core/outcome/outcome.ts';
import { intentId } from '../../../core/run/name.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { createBatches } from '../../../functions/frame/run/batches.ts';
import { evidencePath } from '../../../functions/frame/run/evidence-path.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import { carriedOver } from '../../../functions/plan/carry-over.ts';
import { keyRef } from '../../support/keys.ts';
import { batchWith, recordWith, requestWith, runWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';

const RUN = 'payments-0-1';

/** What the second run of an intent is left by the first, whose keys ended so. */
const left = async (request: RunRequest, ends: ReadonlyArray<Partial<KeyRecord>>, isReported = true) => {
  const runtime = runtimeWith();
  const records = ends.map((end, index) => recordWith({ ...keyRef(String(index)), ...end }));
  await createBatches(runtime, RUN, [batchWith({ records })]);
  await createRun(runtime, runWith({ runId: RUN, request }));
  await runtime.table.write<Intent>('intent', intentId(request), withRun(undefined, request, RUN, 0), 0);
  if (isReported) await runtime.store.put(evidencePath(RUN), '{}');
  return carriedOver(runtime, 'payments-0-2', request);
};

describe('What a run leaves to the next one of its intent', () => {
  it('is nothing when there was none', async () => {
    const { from, away } = await carriedOver(runtimeWith(), RUN, requestWith());

    assert.deepEqual([from, away], [undefined, []]);
  });

  it('names the keys that it called for and could not tell of, so that none is forgotten that left the fleet meanwhile', async () => {
    const ends: ReadonlyArray<Partial<KeyRecord>> = [
      { attempts: 1, outcome: because('STILL_UPDATING') },
      { attempts: 1, outcome: PROMOTED },
      { attempts: 0, outcome: because('PRIMARY_UNREACHABLE') },
    ];

    assert.deepEqual((await left(requestWith(), ends)).away, [keyRef('0')]);
    assert.deepEqual((await left(requestWith(), ends, false)).away, [keyRef('0'), keyRef('1')]);
  });

  it('names, of a drill, every key that it moved: each of them has to come home', async () => {
    const ends: ReadonlyArray<Partial<KeyRecord>> = [{ attempts: 1, outcome: PROMOTED }, { outcome: because('NO_REPLICA') }];

    assert.deepEqual((await left(requestWith({ operation: 'drill' }), ends)).away, [keyRef('0')]);
  });
});
