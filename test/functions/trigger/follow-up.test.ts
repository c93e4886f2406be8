import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import type { StopSwitch } from '../../../core/decision/switch.ts';
import type { KeyAt } from '../../../core/key/key.ts';
import type { ExecutionStatus } from '../../../core/ports/executions.ts';
import type { Kms } from '../../../core/ports/kms.ts';
import type { AnnouncedRun } from '../../../core/run/announced.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import { FLEET_FILE } from '../../../functions/frame/fleets.ts';
import { createBatches } from '../../../functions/frame/run/batches.ts';
import { evidencePath } from '../../../functions/frame/run/evidence-path.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import { followUp } from '../../../functions/trigger/follow-up.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { executionsWith } from '../../support/executions.ts';
import { failing, keyRef, SOURCE, TARGET } from '../../support/keys.ts';
import { plainKms } from '../../support/plain-kms.ts';
import { reportedBy } from '../../support/reported.ts';
import { batchWith, requestWith, runWith } from '../../support/runs.ts';
import { runtimeWith } from '../../support/runtime.ts';

const NOW = 10_000_000;
const MINUTE_MS = 60_000;
const request = requestWith();
const id = intentId(request);
const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = [1, 2, 3, 4, 5, 6].map((n) => runName(id, n));
const blockedSample = [{ ...keyRef(), region: SOURCE }];

const fleetFile = (posture: string) => {
  const fleet = { accounts: ['111122223333'], keys: { all: true }, home: 'us-east-1', standbys: ['us-west-2'], posture };
  return JSON.stringify({ fleets: { payments: fleet } });
};

interface Situation {
  /** What became of the executions. */
  readonly statuses?: Readonly<Record<string, ExecutionStatus>>;
  /** The runs that were planned, and those of them that left evidence. */
  readonly planned?: readonly string[];
  readonly reported?: readonly string[];
  readonly blocked?: boolean;
  readonly isSourceDark?: boolean;
  /** The same, where no key is blocked: what lets a signal start the first run. */
  readonly isSourceInTrouble?: boolean;
  readonly posture?: 'automatic' | 'approve';
  readonly stopSwitch?: StopSwitch;
  /** When the last run was announced; by default long ago. */
  readonly announcedAt?: number;
}

const situation = async ({ statuses, planned = [], reported = planned, blocked = false, ...rest }: Situation) => {
  const { executions, started } = executionsWith(statuses);
  const { kms: plain } = plainKms([keyRef()], [SOURCE, TARGET]);
  const isSilent = ({ region }: KeyAt) => region === SOURCE && (rest.isSourceDark === true || rest.isSourceInTrouble === true);
  const kms: Kms = {
    ...plain,
    describe: async (key) => (isSilent(key) ? failing('unreachable') : plain.describe(key)),
    probe: async (key) => (isSilent(key) ? failing('unreachable') : plain.probe(key)),
  };
  const clock = new VirtualClock(NOW);
  const runtime = runtimeWith({ clock, executions, kms });
  await runtime.store.put(FLEET_FILE, fleetFile(rest.posture ?? 'automatic'));
  let intent: Intent = { ...opened(request, 0), blockedSample: blocked ? blockedSample : [] };
  for (const runId of planned) {
    intent = withRun(intent, request, runId, 0);
    await createRun(runtime, runWith({ runId, intent: id }));
    await createBatches(runtime, runId, [batchWith()]);
    const announced: AnnouncedRun = {
      signal: 'a test',
      announcedAt: rest.announcedAt ?? 0,
      controlRegion: runtime.controlRegion,
      start: 'signal',
      source: SOURCE,
    };
    await runtime.table.write('run', runId, announced, 0);
  }
  for (const runId of reported) await reportedBy(runtime, runId);
  await runtime.table.write('intent', id, intent, 0);
  if (rest.stopSwitch !== undefined) await runtime.table.write('switch', 'global', rest.stopSwitch, 0);
  return {
    intent,
    runtime,
    clock,
    started,
    look: () => clock.run(followUp(runtime, id, intent, 'a test looks')),
    storedRuns: async () => (await runtime.table.read<Intent>('intent', id))?.value.runs,
  };
};

describe('An open intent', () => {
  it('without a run gets its first', async () => {
    const { look, started } = await situation({ isSourceInTrouble: true });

    assert.deepEqual(await look(), { verdict: 'started', why: 'a test looks', runId: first });
    assert.deepEqual(started, [first]);
  });

  it('whose first run was started and has no plan yet gets no other', async () => {
    const { look, started } = await situation({ statuses: { [first]: 'RUNNING' } });

    assert.equal((await look()).verdict, 'running');
    assert.deepEqual(started, []);
  });

  it('whose run goes gets no other', async () => {
    const { look, started } = await situation({ statuses: { [first]: 'RUNNING' }, planned: [first], reported: [] });

    assert.equal((await look()).verdict, 'running');
    assert.deepEqual(started, []);
  });

  it('whose run left keys blocked waits while their Region is dark, and gets the next run when it answers', async () => {
    const told = { statuses: { [first]: 'FAILED' }, planned: [first], blocked: true } as const;
    const dark = await situation({ ...told, isSourceDark: true });
    const light = await situation(told);

    assert.equal((await dark.look()).verdict, 'still-dark');
    assert.deepEqual(dark.started, []);
    assert.equal((await light.look()).verdict, 'started');
    assert.deepEqual(light.started, [second]);
  });

  it('whose run left keys that wait for nothing gets the next run', async () => {
    const { look, started } = await situation({ statuses: { [first]: 'FAILED' }, planned: [first] });

    assert.equal((await look()).verdict, 'started');
    assert.deepEqual(started, [second]);
  });

  for (const status of ['SUCCEEDED', 'FAILED', 'TIMED_OUT'] as const)
    it(`whose run ended as ${status} without a report gets the next run, even if earlier ones left keys in a dark Region`, async () => {
      const { look, started } = await situation({
        statuses: { [first]: 'FAILED', [second]: status },
        planned: [first, second],
        reported: [first],
        blocked: true,
        isSourceDark: true,
      });

      assert.equal((await look()).verdict, 'started');
      assert.deepEqual(started, [third]);
    });

  it('whose run a person stopped is left to a person', async () => {
    const { look, started } = await situation({ statuses: { [first]: 'ABORTED' }, planned: [first], reported: [] });

    assert.equal((await look()).verdict, 'stopped');
    assert.deepEqual(started, []);
  });

  it('whose run a person stopped before it had a plan is left to a person too', async () => {
    const { look, started, storedRuns } = await situation({ statuses: { [first]: 'ABORTED' } });

    assert.equal((await look()).verdict, 'stopped');
    assert.deepEqual(started, []);
    assert.deepEqual(await storedRuns(), [first]);
  });

  it('gets no run beside one of which nothing is known but that it has not reported', async () => {
    const { look, started } = await situation({ planned: [first], reported: [] });

    assert.equal((await look()).verdict, 'running');
    assert.deepEqual(started, []);
  });

  it('notes a name that was used up by a run without a plan, and takes the next one', async () => {
    const { look, started, storedRuns } = await situation({
      statuses: { [first]: 'FAILED', [second]: 'FAILED', [third]: 'TIMED_OUT' },
      planned: [first],
    });

    assert.deepEqual(await look(), { verdict: 'started', why: 'a test looks', runId: fourth });
    assert.deepEqual(started, [fourth]);
    assert.deepEqual(await storedRuns(), [first, second, third]);
  });

  it('passes over five such names at once, and over the others next time', async () => {
    const lost = { [first]: 'FAILED', [second]: 'FAILED', [third]: 'FAILED', [fourth]: 'FAILED', [fifth]: 'FAILED' } as const;
    const { look, started, storedRuns, runtime, clock } = await situation({ statuses: lost, isSourceInTrouble: true });

    assert.equal((await look()).verdict, 'too-soon');
    assert.deepEqual(started, []);
    assert.deepEqual(await storedRuns(), [first, second, third, fourth, fifth]);
    const noted = await runtime.table.read<Intent>('intent', id);
    assert.ok(noted !== undefined);
    assert.equal((await clock.run(followUp(runtime, id, noted.value, 'a test looks'))).runId, sixth);
  });

  it('passes over a name under which the evidence of a long-forgotten run lies, and takes the next one', async () => {
    for (const file of ['summary.json', 'keys.jsonl'] as const) {
      const { look, started, storedRuns, runtime } = await situation({ statuses: { [first]: 'FAILED' }, planned: [first] });
      await runtime.store.put(evidencePath(second, file), '');

      assert.deepEqual(await look(), { verdict: 'started', why: 'a test looks', runId: third });
      assert.deepEqual(started, [third]);
      assert.deepEqual(await storedRuns(), [first, second]);
    }
  });

  it('that another look has taken further meanwhile is left to that one', async () => {
    const { look, started, runtime, intent } = await situation({
      statuses: { [first]: 'FAILED', [second]: 'SUCCEEDED' },
      planned: [first],
    });
    await runtime.table.write('intent', id, { ...withRun(intent, request, second, NOW), state: 'closed' }, 1);

    assert.equal((await look()).verdict, 'running');
    assert.deepEqual(started, []);
  });

  it('waits a minute longer after each run, so that what fails for ever is tried seldom', async () => {
    const told = { statuses: { [first]: 'FAILED', [second]: 'FAILED' }, planned: [first, second] } as const;
    const early = await situation({ ...told, announcedAt: NOW - 2 * MINUTE_MS + 1 });
    const due = await situation({ ...told, announcedAt: NOW - 2 * MINUTE_MS });

    assert.equal((await early.look()).verdict, 'too-soon');
    assert.deepEqual(early.started, []);
    assert.equal((await due.look()).verdict, 'started');
  });

  it('starts nothing while a stop switch is on, uses up no name, and says who threw it', async () => {
    const stopSwitch: StopSwitch = { scope: 'global', owner: 'ann', reason: 'change freeze', thrownAt: NOW, expiresAt: NOW + MINUTE_MS };
    const { look, started, storedRuns } = await situation({ statuses: { [first]: 'FAILED' }, planned: [first], stopSwitch });

    const { verdict, why } = await look();

    assert.equal(verdict, 'refused');
    assert.match(why, /ann threw the global stop switch: change freeze/);
    assert.deepEqual(started, []);
    assert.deepEqual(await storedRuns(), [first]);
  });

  it('goes on under the posture "approve" if a run was planned, and not if none ever was', async () => {
    const goesOn = await situation({ statuses: { [first]: 'FAILED' }, planned: [first], posture: 'approve' });
    const begins = await situation({ statuses: { [first]: 'FAILED' }, posture: 'approve' });

    assert.equal((await goesOn.look()).verdict, 'started');
    assert.equal((await begins.look()).verdict, 'refused');
    assert.deepEqual(begins.started, []);
  });

  it('is not taken up again when a run of another intent has had the fleet since, but its first run is not kept by that', async () => {
    const lease: Lease = { holder: 'other-1', operation: 'failover', fence: 7, expiresAt: 0, released: true };
    const begun = await situation({ statuses: { [first]: 'FAILED' }, planned: [first], reported: [] });
    const lost = await situation({ statuses: { [first]: 'FAILED' }, isSourceInTrouble: true });
    for (const { runtime } of [begun, lost]) await runtime.table.write('lease', request.fleet, lease, 0);

    assert.deepEqual(await begun.look(), { verdict: 'superseded', why: 'run other-1 of another intent has had fleet payments since' });
    assert.deepEqual(begun.started, []);
    assert.equal((await lost.look()).verdict, 'started');
  });

  it('of a fleet that the file has no more starts nothing', async () => {
    const { look, runtime } = await situation({});
    await runtime.store.put(FLEET_FILE, fleetFile('automatic').replace('payments', 'ledger'));

    const { verdict, why } = await look();
    assert.deepEqual([verdict, why], ['refused', 'The fleet file has no fleet payments any more.']);
  });
});

describe('An intent that had no plan yet when a person stopped its fleet', () => {
  for (const [when, at, verdict] of [
    ['since', 1, 'stopped'],
    ['before', -1, 'started'],
  ] as const)
    it(`${verdict === 'stopped' ? 'is closed, and starts nothing,' : 'starts its run'} where that was ${when} it was opened`, async () => {
      const { runtime, look } = await situation({ isSourceInTrouble: true });
      await runtime.table.write<FleetHistory>('fleet', request.fleet, { stopped: { by: 'anna', at, reason: 'the wrong day' } }, 0);

      assert.equal((await look()).verdict, verdict);
      const intent = await runtime.table.read<Intent>('intent', id);
      assert.equal(intent?.value.state, verdict === 'stopped' ? 'closed' : 'open');
    });
});
