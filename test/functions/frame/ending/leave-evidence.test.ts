import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { concluded, type KeyRecord } from '../../../../core/batch/record.ts';
import { type Intent, withRun } from '../../../../core/coordination/intent.ts';
import { LEASE_MS, type Lease } from '../../../../core/coordination/lease.ts';
import type { FleetHistory } from '../../../../core/decision/history.ts';
import { chainsOf } from '../../../../core/evidence/chain.ts';
import type { Evidence } from '../../../../core/evidence/evidence.ts';
import { examineRun } from '../../../../core/evidence/examine.ts';
import { sealed, summaryText } from '../../../../core/evidence/seal.ts';
import { because } from '../../../../core/outcome/outcome.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Store } from '../../../../core/ports/store.ts';
import { conclude } from '../../../../functions/frame/ending/conclude.ts';
import { evidencePath } from '../../../../functions/frame/run/evidence-path.ts';
import type { Runtime } from '../../../../functions/frame/runtime.ts';
import { createRecordingBus } from '../../../../simulator/bus/recording-bus.ts';
import { holds } from '../../../../simulator/store/holds.ts';
import { createMemoryStore } from '../../../../simulator/store/memory-store.ts';
import { createMemoryTable } from '../../../../simulator/table/memory-table.ts';
import { INTENT, leftBy, RECORDS, runId } from '../../../support/evidence.ts';
import { keyRef } from '../../../support/keys.ts';
import { recordWith, requestWith, runWith } from '../../../support/runs.ts';
import { runtimeWith } from '../../../support/runtime.ts';
import { type Moment, watchedPorts } from '../../../support/watched-ports.ts';

const FLEET = 'payments';
const runOf = (generation: number) => runWith({ runId: runId(generation), intent: INTENT, generation });

/** What a second conclusion of the same run may have found out meanwhile. */
const OTHER_RECORDS: readonly KeyRecord[] = [concluded(recordWith(keyRef('1')), because('RUN_ENDED'))];

/** As an encrypted bucket does: who writes the same text again writes another object, under another tag. */
const taggedAnew = (store: Store): Store => {
  const tags = new Map<string, string>();
  let writes = 0;
  return {
    ...store,
    tagOf: async (path) => tags.get(path),
    get: async (path) => {
      const [there, tag] = [await store.get(path), tags.get(path)];
      return there === undefined || tag === undefined ? undefined : { body: there.body, tag };
    },
    put: async (path, body, condition) => {
      if (!holds(condition, tags.get(path))) return undefined;
      writes += 1;
      const tag = `"${writes}"`;
      tags.set(path, tag);
      await store.put(path, body);
      return tag;
    },
  };
};

const LEASE: Lease = { holder: runId(1), operation: 'failover', fence: 1, expiresAt: LEASE_MS, released: false };
const KEYS = evidencePath(runId(1), 'keys.jsonl');
const SUMMARY = evidencePath(runId(1));
const { evidence: genuine, summary: genuineSummary, keys: genuineKeys } = leftBy(1);
const NOTE = `runs/${runId(1)}/conclusion.json`;

/** What a stranger may have put in the place of a run's evidence, or a run that had the name before. */
const PLANTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'a file that is no JSON': { [KEYS]: '{oops\n' },
  'a line that is null': { [KEYS]: 'null\n' },
  'an empty file': { [KEYS]: '', [SUMMARY]: '' },
  'a summary that is no JSON': { [KEYS]: '', [SUMMARY]: '{' },
  'a summary of fields of the wrong kind': { [SUMMARY]: '{"seal":7,"notes":5}' },
  'a summary that says better things under a seal of its own': { [SUMMARY]: summaryText(sealed({ ...genuine, result: 'moved' })) },
  'a summary with other notes than a list': {
    [SUMMARY]: summaryText(sealed({ ...genuine, startedAt: 0, notes: 'x' as unknown as string[] })),
  },
  'the evidence of another time': { [SUMMARY]: `${Buffer.from(genuineSummary)}`, [KEYS]: `${Buffer.from(genuineKeys)}` },
  'a note that is no JSON': { [NOTE]: '{oops', [KEYS]: '' },
  'a note of fields of the wrong kind': { [NOTE]: '{"startedAt":0,"keysSha256":"","figures":{},"linesTag":"1"}', [KEYS]: '' },
};

const SPOILT: Readonly<Record<string, unknown>> = {
  nothing: null,
  'nothing of this Region': { 'us-east-2': null },
  'an end without a run': { 'us-east-2': {} },
  'an end that is not whole': { 'us-east-2': { last: { runId: runId(1) } } },
  'a summary that is no JSON': { 'us-east-2': { last: { runId: runId(1), seal: 'a'.repeat(64), endedAt: 1 }, unwritten: '{' } },
};

/** A clock on which each look is a millisecond, and nobody sleeps. */
const ticking = (): Clock => {
  let now = 1_000;
  return {
    now: () => {
      now += 1;
      return now;
    },
    sleep: () => Promise.resolve(),
  };
};

const world = (parts: Partial<Runtime> = {}) => {
  const runtime = runtimeWith({ clock: ticking(), table: createMemoryTable(), store: taggedAnew(createMemoryStore()), ...parts });
  const closing = (generation: number, records = RECORDS, through: Runtime = runtime) => conclude(through, runOf(generation), records);
  return { runtime, closing };
};

/** The flaws of all that lies in the store, of files and chains; and how many runs there are in the chain. */
const verified = async (store: Store) => {
  const runs = [...new Set((await store.list('evidence/')).map((path) => path.split('/')[1] ?? ''))];
  const bytes = async (path: string) => {
    const file = await store.get(path);
    return file === undefined ? undefined : Buffer.from(file.body);
  };
  const examined = await Promise.all(
    runs.map(async (run) =>
      examineRun(run, { summary: await bytes(evidencePath(run)), keys: await bytes(evidencePath(run, 'keys.jsonl')) }),
    ),
  );
  const sealed = examined.flatMap(({ summary }) => (summary?.kind === 'sealed' ? [summary.evidence] : []));
  const chains = chainsOf(sealed, { unsealed: [], unreadable: new Set() });
  return { files: examined.flatMap(({ flaws }) => flaws), chains: chains.flatMap(({ flaws }) => flaws), count: sealed.length };
};
const whole = (count: number) => ({ files: [], chains: [], count });

/** Dies at a call to table or store: before it was carried out, or before its answer came. */
const dyingAt = (runtime: Runtime, call: number, moment: Moment): Runtime => {
  let calls = 0;
  return watchedPorts(runtime, async (now) => {
    if (now !== moment) return;
    calls += 1;
    if (calls >= call) throw new Error('the function died');
  });
};

/** Concludes the run on machines that die at their first, second, … call, until one of them lives; `after` is told of each death. */
const dyingEverywhere = async (moment: Moment, after: (died: ReturnType<typeof world>) => Promise<void>): Promise<number> => {
  for (let call = 1; ; call += 1) {
    const died = world();
    await died.closing(1);
    const death = await died.closing(2, RECORDS, dyingAt(died.runtime, call, moment)).then(
      () => undefined,
      (error: Error) => error,
    );
    if (death === undefined) return call - 1;
    assert.equal(death.message, 'the function died');
    await after(died);
  }
};

const summaryIn = async ({ store }: Runtime, generation: number): Promise<Evidence> =>
  JSON.parse((await store.get(evidencePath(runId(generation))))?.body ?? assert.fail());

describe('The evidence that a run leaves', () => {
  it('names the one before it, and verifies', async () => {
    const { runtime, closing } = world();
    const [first, second] = [await closing(1), await closing(2)];

    assert.equal(first.previous, undefined);
    assert.deepEqual(second.previous, { runId: first.runId, seal: first.seal, endedAt: first.endedAt });
    assert.deepEqual(await summaryIn(runtime, 2), JSON.parse(JSON.stringify(second)));
    assert.deepEqual(await verified(runtime.store), whole(2));
  });

  it('leaves no summary in the table once it is written', async () => {
    const { runtime, closing } = world();
    const { seal, endedAt } = await closing(1);

    const { evidence } = (await runtime.table.read<FleetHistory>('fleet', FLEET))?.value ?? {};
    assert.deepEqual(evidence, { 'us-east-2': { last: { runId: runId(1), seal, endedAt } } });
  });

  it('stands when it is left again, also with other knowledge, and also when later runs have left theirs', async () => {
    const { runtime, closing } = world();
    const first = await closing(1);
    assert.deepEqual(await closing(1, OTHER_RECORDS), JSON.parse(JSON.stringify(first)));
    await closing(2);
    await closing(3);

    assert.equal((await closing(1, OTHER_RECORDS)).seal, first.seal);
    assert.deepEqual(await verified(runtime.store), whole(3));
  });

  it('comes last in the chain when an older run is concluded late', async () => {
    const { runtime, closing } = world();
    const later = await closing(2);

    assert.equal((await closing(1)).previous?.seal, later.seal);
    assert.deepEqual(await verified(runtime.store), whole(2));
  });

  it('takes the place of what an earlier version left without a seal', async () => {
    const { runtime, closing } = world();
    await runtime.store.put(evidencePath(runId(1)), '{"runId":"as it was"}');
    await closing(1);

    assert.deepEqual(await verified(runtime.store), whole(1));
  });

  for (const [what, planted] of Object.entries(PLANTED))
    it(`is the run’s own, and nothing of its conclusion is missing, where ${what} lay under its name`, async () => {
      const bus = createRecordingBus();
      const { runtime, closing } = world({ bus });
      await runtime.table.write<Lease>('lease', FLEET, LEASE, 0);
      await runtime.table.write<Intent>('intent', INTENT, withRun(undefined, requestWith(), runId(1), 0), 0);
      for (const [path, text] of Object.entries(planted)) await runtime.store.put(path, text);

      for (const evidence of [await closing(1), await closing(1, OTHER_RECORDS)])
        assert.deepEqual([evidence.result, evidence.keys], ['blocked', RECORDS.length]);
      assert.deepEqual(await verified(runtime.store), whole(1));
      assert.equal((await runtime.table.read<Lease>('lease', FLEET))?.value.released, true);
      assert.equal((await runtime.table.read<Intent>('intent', INTENT))?.value.state, 'open');
      assert.equal(bus.events.filter(({ detail }) => detail.result === 'blocked').length, 2);
    });

  for (const [what, history] of Object.entries(SPOILT))
    it(`is the run’s own also when the table says of the chain ${what}`, async () => {
      const { runtime, closing } = world();
      await runtime.table.write('fleet', FLEET, { evidence: history }, 0);

      assert.equal((await closing(1)).result, 'blocked');
      assert.deepEqual((await verified(runtime.store)).files, []);
    });

  it('is that of the last run where a name was used again', async () => {
    const { runtime, closing } = world();
    await closing(1, OTHER_RECORDS);
    const again = await conclude(runtime, { ...runOf(1), startedAt: 9 }, RECORDS);

    assert.deepEqual([again.keys, again.startedAt], [RECORDS.length, 9]);
    assert.deepEqual(await verified(runtime.store), whole(1));
  });

  it('is written anew, as it was known last, when somebody has changed its lines', async () => {
    const { runtime, closing } = world();
    await closing(1);
    await runtime.store.put(evidencePath(runId(1), 'keys.jsonl'), '{oops');

    assert.equal((await closing(1, OTHER_RECORDS)).keys, OTHER_RECORDS.length);
    assert.deepEqual(await verified(runtime.store), whole(1));
  });

  it('is repeated without a look at its lines, however many those are', async () => {
    const { runtime, closing } = world();
    const { store } = runtime;
    const get: Store['get'] = (path) => (path.endsWith('keys.jsonl') ? assert.fail('the lines were read') : store.get(path));
    const blind = { ...runtime, store: { ...store, get } };
    const first = await closing(1, RECORDS, blind);

    assert.equal((await closing(1, RECORDS, blind)).seal, first.seal);
    assert.equal((await closing(1, OTHER_RECORDS, blind)).seal, first.seal);
  });

  it('is left also where its summary is too large for the table', async () => {
    const { runtime } = world();
    const notes = Array.from(
      { length: 3_000 },
      (_, index) => `Region ${index} did not list its keys, and said at length why not; so it went all day`,
    );
    await conclude(runtime, { ...runOf(1), notes }, RECORDS);
    const large = { ...runOf(2), notes };
    const dying = dyingAt(runtime, 9, 'asked');
    await assert.rejects(conclude(dying, large, RECORDS), /died/);
    const stored = await runtime.table.read<FleetHistory>('fleet', FLEET);
    assert.equal(stored?.value.evidence?.[runtime.controlRegion]?.last.runId, runId(2));
    assert.ok(JSON.stringify(stored).length < 10_000);

    assert.equal((await conclude(runtime, large, RECORDS)).notes.length, notes.length);
    assert.deepEqual(await verified(runtime.store), whole(2));
  });

  it('is left again, in the same place, when somebody has removed it', async () => {
    const { runtime, closing } = world();
    await closing(1);
    await closing(2);
    const { store } = runtime;
    const isGone = { ...store, get: async (path: string) => (path === evidencePath(runId(2)) ? undefined : store.get(path)) };

    const again = await closing(2, RECORDS, { ...runtime, store: isGone });

    assert.equal(again.previous?.runId, runId(1));
    assert.deepEqual(await verified(store), whole(2));
  });

  it('stands also for the one who wrote its lines, and was overtaken right then by a repetition and by the next run', async () => {
    const { runtime, closing } = world();
    const { store } = runtime;
    const put: Store['put'] = async (path, ...rest) => {
      const tag = await store.put(path, ...rest);
      if (path === evidencePath(runId(1), 'keys.jsonl')) {
        await closing(1);
        await closing(2);
      }
      return tag;
    };

    await closing(1, RECORDS, { ...runtime, store: { ...store, put } });

    assert.equal((await summaryIn(runtime, 1)).previous, undefined);
    assert.deepEqual(await verified(store), whole(2));
  });

  for (const moment of ['asked', 'answered'] as const) {
    it(`verifies when it is repeated after a death at any call that was ${moment}`, async () => {
      const deaths = await dyingEverywhere(moment, async ({ runtime, closing }) => {
        await closing(2, OTHER_RECORDS);
        await closing(3);

        assert.deepEqual(await verified(runtime.store), whole(3));
      });
      assert.ok(deaths > 8, `${deaths} deaths`);
    });

    it(`verifies when the next run came before it was repeated, after a death at any call that was ${moment}`, async () => {
      await dyingEverywhere(moment, async ({ runtime, closing }) => {
        await closing(3);
        const between = await verified(runtime.store);
        // Who died before it was in the chain has left no summary, and at most its lines.
        assert.deepEqual([between.chains, between.files.filter(({ kind }) => kind !== 'file-missing')], [[], []]);
        await closing(2, OTHER_RECORDS);

        assert.deepEqual(await verified(runtime.store), whole(3));
      });
    });
  }

  it('verifies whoever is faster, when runs are concluded at the same moment and each of them twice', () =>
    fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { runtime, closing } = world();
        const turns = () => watchedPorts(runtime, () => scheduler.schedule(Promise.resolve()));
        const conclusions = [1, 1, 2, 2, 3].map((generation, index) =>
          closing(generation, index % 2 === 0 ? RECORDS : OTHER_RECORDS, turns()),
        );
        await scheduler.waitFor(Promise.all(conclusions));

        assert.deepEqual(await verified(runtime.store), whole(3));
      }),
      { numRuns: 20 },
    ));
});
