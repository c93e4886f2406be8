import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concluded, type KeyRecord } from '../../../core/batch/record.ts';
import { type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import { LEASE_MS, type Lease, PROMOTE_MS_MAX, SKEW_MS } from '../../../core/coordination/lease.ts';
import { type Decision, planRefusalId } from '../../../core/decision/decision.ts';
import type { Evidence } from '../../../core/evidence/evidence.ts';
import { PROMOTED } from '../../../core/outcome/outcome.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import type { BadEnd } from '../../../core/signal/execution-change.ts';
import { conclude } from '../../../functions/frame/ending/conclude.ts';
import { createBatches } from '../../../functions/frame/run/batches.ts';
import { evidencePath } from '../../../functions/frame/run/evidence-path.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { report } from '../../../functions/report/report.ts';
import { closeOut } from '../../../functions/trigger/close-out.ts';
import { type DecidersOptions, deciders, MORNING } from '../../support/deciders.ts';
import { keyRef, SOURCE, TARGET } from '../../support/keys.ts';
import { reportedBy } from '../../support/reported.ts';
import { batchWith, recordWith, requestWith, runWith } from '../../support/runs.ts';
import { watchedPorts } from '../../support/watched-ports.ts';

const request = requestWith();
const id = intentId(request);
const runId = runName(id, 1);
/** From then on no call of the run can be on its way. */
const QUIET_AT = MORNING + LEASE_MS + PROMOTE_MS_MAX + SKEW_MS;

const regions = [SOURCE, TARGET];
const key = (number: number, changes: Partial<KeyRecord> = {}) => recordWith({ ...keyRef(String(number)), regions, ...changes });

interface Situation extends DecidersOptions {
  readonly records?: readonly KeyRecord[];
  readonly operation?: 'failover' | 'drill';
  readonly lease?: Partial<Lease>;
  /** Keys whose primary is in the target by now. */
  readonly moved?: readonly number[];
}

const situation = async ({ records = [key(1)], operation = 'failover', lease = {}, moved = [], ...options }: Situation = {}) => {
  const world = await deciders(options);
  const { clock, table, first, primaries } = world;
  const { runtime, bus } = first;
  const asked = { ...request, operation };
  for (const number of moved) primaries.set(keyRef(String(number)).keyId, TARGET);
  const held: Lease = { holder: runId, operation, fence: 1, expiresAt: MORNING + LEASE_MS, released: false, ...lease };
  await clock.run(
    (async () => {
      await createRun(runtime, runWith({ runId, intent: id, request: asked }));
      await createBatches(runtime, runId, [batchWith({ records })]);
      await table.write('intent', id, withRun(opened(asked, MORNING), asked, runId, MORNING), 0);
      await table.write('lease', 'payments', held, 0);
    })(),
  );
  const close = (end: BadEnd) => clock.run(closeOut(runtime, runId, end));
  const quiet = () => clock.run(clock.sleep(QUIET_AT - clock.now()));
  const evidence = async (): Promise<Evidence | undefined> => {
    const file = await clock.run(runtime.store.get(evidencePath(runId)));
    return file === undefined ? undefined : JSON.parse(file.body);
  };
  const intent = async () => (await clock.run(table.read<Intent>('intent', id)))?.value;
  const leaseNow = async () => (await clock.run(table.read<Lease>('lease', 'payments')))?.value;
  const told = () => bus.events.map(({ detailType }) => detailType);
  return { ...world, runtime, close, quiet, evidence, intent, leaseNow, told };
};

describe('A run whose execution ended before its report', () => {
  it('is not judged while its calls may be on their way', async () => {
    const { close, evidence, quiet, leaseNow } = await situation({ records: [key(1, { phase: 'sent', attempts: 1 })] });

    assert.equal((await close('ABORTED')).kind, 'waiting');
    assert.equal(await evidence(), undefined);
    assert.equal((await leaseNow())?.released, false);
    await quiet();
    assert.equal((await close('ABORTED')).kind, 'closed');
  });

  it('is closed: each key by where it is, the evidence, the lease, and the word of it', async () => {
    const records = [
      concluded(key(1), PROMOTED),
      key(2, { phase: 'sent', attempts: 1, origin: SOURCE }),
      key(3, { phase: 'sent', attempts: 1, origin: SOURCE }),
      key(4),
    ];
    const { close, quiet, evidence, leaseNow, told, intent } = await situation({ records, moved: [1, 2] });
    await quiet();
    await close('TIMED_OUT');

    const written = await evidence();
    assert.deepEqual(written?.outcomes, {
      promoted: 1,
      unproven: 1,
      halted: 2,
      'already-primary': 0,
      ineligible: 0,
      blocked: 0,
      failed: 0,
    });
    assert.deepEqual(written?.reasons, { PROOF_NOT_TRIED: 1, RUN_ENDED: 2 });
    assert.match(written?.notes.join(' ') ?? '', /The execution ran out of time before the run’s report/);
    assert.equal((await leaseNow())?.released, true);
    assert.ok(told().includes('Run Finished'));
    assert.deepEqual([(await intent())?.state, (await intent())?.moved], ['open', true]);
  });

  it('is closed once: the second time there is nothing to do, and nobody is told again', async () => {
    const { close, quiet, told } = await situation();
    await quiet();
    await close('FAILED');
    const before = told();

    assert.equal((await close('FAILED')).kind, 'nothing');
    assert.deepEqual(told(), before);
  });

  it('leaves the rest to a person when a person stopped it, and to its intent when it died', async () => {
    for (const [end, reason, state] of [
      ['ABORTED', 'STOPPED', 'closed'],
      ['FAILED', 'RUN_ENDED', 'open'],
      ['TIMED_OUT', 'RUN_ENDED', 'open'],
    ] as const) {
      const { close, quiet, evidence, intent } = await situation();
      await quiet();
      await close(end);

      assert.deepEqual(Object.keys((await evidence())?.reasons ?? {}), [reason]);
      assert.equal((await intent())?.state, state);
    }
  });

  it('leaves the rest to a person also when an operator had stopped it before it died', async () => {
    const { close, quiet, evidence, intent } = await situation({ lease: { stoppedBy: 'anna' } });
    await quiet();
    await close('FAILED');

    assert.deepEqual([Object.keys((await evidence())?.reasons ?? {}), (await intent())?.state], [['STOPPED'], 'closed']);
  });

  it('that had reported, and died before it gave the lease back, gives it back', async () => {
    const { close, leaseNow, runtime, clock } = await situation({ records: [concluded(key(1), PROMOTED)] });
    await clock.run(runtime.store.put(evidencePath(runId), '{}'));
    await close('FAILED');

    assert.equal((await leaseNow())?.released, true);
  });

  it('that had reported and given the lease back is left alone', async () => {
    const { close, runtime, clock, evidence, told } = await situation({ lease: { released: true } });
    await clock.run(reportedBy(runtime, runId, '{"runId":"as it was"}'));

    assert.equal((await close('FAILED')).kind, 'nothing');
    assert.equal((await evidence())?.runId, 'as it was');
    assert.deepEqual(told(), []);
  });

  it('that was chained on, and died before its summary, is closed also when the next run has written that', async () => {
    const { close, told, intent, runtime, clock } = await situation({
      records: [concluded(key(1), PROMOTED)],
      lease: { holder: 'later-1', fence: 2 },
    });
    const run = runWith({ runId, intent: id, request });
    const dying: Runtime = {
      ...runtime,
      store: {
        ...runtime.store,
        put: async (path, ...rest) => (path === evidencePath(runId) ? Promise.reject(new Error('died')) : runtime.store.put(path, ...rest)),
      },
    };
    await clock.run(assert.rejects(conclude(dying, run, [concluded(key(1), PROMOTED)]), /died/));
    await clock.run(conclude(runtime, runWith({ runId: 'later-1', intent: 'payments-1' }), []));
    assert.notEqual(await clock.run(runtime.store.get(evidencePath(runId))), undefined);

    assert.equal((await close('FAILED')).kind, 'closed');
    assert.equal(told().filter((type) => type === 'Run Finished').length, 2);
    assert.deepEqual([(await intent())?.state, (await intent())?.moved], ['closed', true]);
    assert.equal((await close('FAILED')).kind, 'nothing');
  });

  it('is closed with all that belongs to it, whichever of the report’s calls that one died at', async () => {
    for (let call = 1; ; call += 1) {
      const { close, told, intent, leaseNow, runtime, clock, evidence, quiet } = await situation({
        records: [concluded(key(1), PROMOTED), key(2)],
      });
      let calls = 0;
      const dying = watchedPorts(runtime, async (moment) => {
        if (moment === 'answered') calls += 1;
        if (calls >= call) throw new Error('died');
      });
      const answer = await clock.run(report({ runId }, dying).catch(() => undefined));
      await quiet();
      await close('FAILED');

      assert.ok(told().includes('Run Finished'), `after ${call} calls`);
      assert.deepEqual([(await leaseNow())?.released, (await intent())?.moved], [true, true], `after ${call} calls`);
      assert.equal((await evidence())?.keys, 2);
      assert.equal((await close('FAILED')).kind, 'nothing');
      if (answer !== undefined) break;
      assert.ok(call < 100);
    }
  });

  it('does not say that it moved what a later run has moved', async () => {
    const records = [key(1, { phase: 'sent', attempts: 1, origin: SOURCE }), key(2)];
    const { close, evidence, leaseNow } = await situation({ records, moved: [1, 2], lease: { holder: 'later-1', fence: 2 } });
    await close('FAILED');

    assert.deepEqual((await evidence())?.reasons, { UNREADABLE: 1, RUN_ENDED: 1 });
    assert.deepEqual([(await leaseNow())?.holder, (await leaseNow())?.released], ['later-1', false]);
  });

  it('that never had a plan gives back the lease that it may have taken, and says nothing', async () => {
    const { runtime, clock, table, told } = await deciders().then(({ first, ...world }) => ({
      ...world,
      runtime: first.runtime,
      told: () => first.bus.events,
    }));
    const lease: Lease = { holder: runId, operation: 'failover', fence: 1, expiresAt: MORNING, released: false };
    await clock.run(table.write('lease', 'payments', lease, 0));

    assert.equal((await clock.run(closeOut(runtime, runId, 'FAILED'))).kind, 'nothing');
    assert.equal((await clock.run(table.read<Lease>('lease', 'payments')))?.value.released, true);
    assert.deepEqual(told(), []);
  });

  it('that a guard refused says so, by its rule', async () => {
    const { first, clock, table } = await deciders();
    const refused: Decision = { state: 'decided', at: MORNING, fleet: 'payments', signal: 'a test', verb: 'observe', rule: 'LEASE_HELD' };
    await clock.run(table.write('decision', planRefusalId('payments', runId), refused, 0));

    const { kind, why, refusedBy } = await clock.run(closeOut(first.runtime, runId, 'FAILED'));

    assert.deepEqual([kind, refusedBy], ['nothing', 'LEASE_HELD']);
    assert.match(why, /was refused before it touched a key \(LEASE_HELD\)$/);
  });

  it('with a Region that is dark is closed by what the others say, and no key waits for that Region by itself', async () => {
    const records = [1, 2, 3, 4].map((number) => key(number, { attempts: 1, phase: 'sent' }));
    const { close, quiet, evidence, moods, clock } = await situation({ records, moved: [1, 2, 3, 4] });
    await quiet();
    moods.set(SOURCE, 'dark');
    const began = clock.now();
    await close('FAILED');

    assert.deepEqual((await evidence())?.reasons, { PROOF_NOT_TRIED: 4 });
    assert.ok(clock.now() - began < 25_000, `${clock.now() - began} ms`);
  });
});

describe('A drill whose execution ended before its report', () => {
  const away = [concluded(key(1, { origin: SOURCE, attempts: 1 }), PROMOTED)];

  it('says how many keys are away, and that nothing brings them home when a person stopped it', async () => {
    const { close, quiet, evidence, intent } = await situation({ operation: 'drill', records: away, moved: [1] });
    await quiet();
    await close('ABORTED');

    assert.deepEqual((await evidence())?.reasons, { NOT_RETURNED: 1 });
    assert.match(
      (await evidence())?.notes.join(' ') ?? '',
      /1 keys of the drill may still be in us-west-2; nothing brings them home by itself/,
    );
    assert.equal((await intent())?.state, 'closed');
  });

  it('is taken up again when it died, to bring them home', async () => {
    const { close, quiet, evidence, intent } = await situation({ operation: 'drill', records: away, moved: [1] });
    await quiet();
    await close('FAILED');

    assert.match((await evidence())?.notes.join(' ') ?? '', /the next run of the intent brings them home/);
    assert.deepEqual([(await intent())?.state, (await intent())?.moved], ['open', undefined]);
  });
});
