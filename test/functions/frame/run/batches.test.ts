import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { KeyRecord } from '../../../../core/batch/record.ts';
import { PROMOTED } from '../../../../core/outcome/outcome.ts';
import { createBatches, loadAllBatches, loadBatch, saveBatch } from '../../../../functions/frame/run/batches.ts';
import { VirtualClock } from '../../../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../../../simulator/random/seeded.ts';
import { createMemoryStore, storeLatency } from '../../../../simulator/store/memory-store.ts';
import { keyRef } from '../../../support/keys.ts';
import { batchWith, recordWith } from '../../../support/runs.ts';

const RUN = 'payments-0-1';

const withRecords = (count: number, changes: (index: number) => Partial<KeyRecord> = () => ({})) =>
  batchWith({ records: Array.from({ length: count }, (_, index) => recordWith({ ...keyRef(String(index)), ...changes(index) })) });

describe('A batch in the store', () => {
  it('is loaded as it was written', async () => {
    const runtime = { store: createMemoryStore() };
    await createBatches(runtime, RUN, [batchWith(), batchWith({ number: 2 })]);

    assert.deepEqual((await loadBatch(runtime, RUN, 2)).batch, batchWith({ number: 2 }));
  });

  it('that the plan never wrote is missed in a sentence', async () => {
    await assert.rejects(loadBatch({ store: createMemoryStore() }, RUN, 7), {
      message: 'Run payments-0-1 has no batch 7: expected the plan to have written runs/payments-0-1/batches/000007.json.',
    });
  });

  it('is written over by a later try of the same plan', async () => {
    const runtime = { store: createMemoryStore() };
    await createBatches(runtime, RUN, [withRecords(2)]);
    await createBatches(runtime, RUN, [withRecords(3)]);

    assert.equal((await loadBatch(runtime, RUN, 1)).batch.records.length, 3);
  });

  it('is saved under the tag with which it was loaded', async () => {
    const runtime = { store: createMemoryStore() };
    await createBatches(runtime, RUN, [batchWith()]);
    const changed = batchWith({ records: [recordWith({ phase: 'ready' })] });

    const stored = await saveBatch(runtime, RUN, await loadBatch(runtime, RUN, 1), changed);

    assert.deepEqual(stored.batch, changed);
    assert.deepEqual(await loadBatch(runtime, RUN, 1), stored);
  });

  it('saved by two at once has what each of them found out, whoever was first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const clock = new VirtualClock(0);
        const runtime = { store: createMemoryStore({ clock, random: new Seeded(seed), latency: storeLatency }) };
        const found = (mine: number) => (index: number) => (index === mine ? ({ phase: 'done', outcome: PROMOTED } as const) : {});
        await clock.run(createBatches(runtime, RUN, [withRecords(3)]));
        const loaded = await clock.run(loadBatch(runtime, RUN, 1));

        await clock.run(Promise.all([0, 1].map((mine) => saveBatch(runtime, RUN, loaded, withRecords(3, found(mine))))));

        const { batch } = await clock.run(loadBatch(runtime, RUN, 1));
        assert.deepEqual(
          batch.records.map(({ phase }) => phase),
          ['done', 'done', 'new'],
        );
      }),
      { numRuns: 30 },
    );
  });

  it('saved by one who was overtaken is given back as it is stored, with the other’s findings', async () => {
    const runtime = { store: createMemoryStore() };
    await createBatches(runtime, RUN, [batchWith()]);
    const loaded = await loadBatch(runtime, RUN, 1);
    await saveBatch(runtime, RUN, loaded, batchWith({ records: [recordWith({ phase: 'sent', attempts: 1 })] }));

    const stored = await saveBatch(runtime, RUN, loaded, batchWith({ records: [recordWith({ phase: 'ready' })] }));

    assert.equal(stored.batch.records[0]?.phase, 'sent');
    assert.deepEqual(await loadBatch(runtime, RUN, 1), stored);
  });

  it('that others keep saving first ends the step in a sentence', async () => {
    const store = createMemoryStore();
    await createBatches({ store }, RUN, [batchWith()]);
    const loaded = await loadBatch({ store }, RUN, 1);

    await assert.rejects(saveBatch({ store: { ...store, put: async () => undefined } }, RUN, loaded, batchWith()), {
      message: 'Batch 1 of run payments-0-1 was saved by others 5 times in a row while this step tried to save it.',
    });
  });
});

describe('All batches of a run', () => {
  it('come in the order of their numbers, however many there are', async () => {
    const runtime = { store: createMemoryStore() };
    const numbers = Array.from({ length: 120 }, (_, index) => index + 1);
    await createBatches(
      runtime,
      RUN,
      numbers.toReversed().map((number) => batchWith({ number })),
    );

    const batches = await loadAllBatches(runtime, { runId: RUN, batchCount: 120 });

    assert.deepEqual(
      batches.map(({ number }) => number),
      numbers,
    );
  });

  it('are those of the plan and of a drill’s way back, and not what a plan that died left behind', async () => {
    const runtime = { store: createMemoryStore() };
    await createBatches(runtime, RUN, [batchWith(), batchWith({ number: 2 }), batchWith({ number: 3, stage: 'back' })]);

    const batches = await loadAllBatches(runtime, { runId: RUN, batchCount: 1 });

    assert.deepEqual(
      batches.map(({ number }) => number),
      [1, 3],
    );
  });

  it('are not those of a run whose name begins alike', async () => {
    const runtime = { store: createMemoryStore() };
    await createBatches(runtime, `${RUN}0`, [batchWith()]);

    assert.deepEqual(await loadAllBatches(runtime, { runId: RUN, batchCount: 1 }), []);
  });
});
