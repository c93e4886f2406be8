import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Intent, opened, withIncidentOver } from '../../../core/coordination/intent.ts';
import type { Lease } from '../../../core/coordination/lease.ts';
import type { FleetWatch } from '../../../core/coordination/watch.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import { startApproved } from '../../../functions/frame/run/start-approved.ts';
import { trigger } from '../../../functions/trigger/trigger.ts';
import { MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { incidentWorld } from '../../support/incident-world.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';
import { ALARM, alarmSignal, healthClosing, healthSignal } from '../../support/signals.ts';

const slow = { moods: { [SOURCE]: 'slow' }, fleet: { alarms: [ALARM] } } as const;
const asking = { ...slow, fleet: { ...slow.fleet, posture: 'approve' } } as const;

describe('A second signal of one trouble', () => {
  it('is told the run that goes for the first, whichever came first, and begins none', async () => {
    for (const [first, second] of [
      [healthSignal(), alarmSignal('ALARM')],
      [alarmSignal('ALARM'), healthSignal()],
    ]) {
      const { say, list, first: decider } = await incidentWorld(slow);
      const { runId } = await say(first);
      const later = await say(second);

      assert.deepEqual([later.decision, later.rule, later.runId], ['ignore', 'ALREADY_STARTED', runId]);
      assert.match(later.why, /^Another signal of the same trouble has fleet payments leave us-east-1 for us-west-2, in run payments-/);
      assert.equal(decider.started.length, 1);
      assert.equal((await list('intent')).length, 1);
    }
  });

  it('begins none either when both are decided at the same moment, in one control Region or two', async () => {
    for (const controlRegions of [['us-east-2'], ['us-east-2', 'eu-central-1']])
      for (const seed of [1, 2, 3, 4]) {
        const { clock, all, list } = await incidentWorld({ ...slow, controlRegions, seed });
        const [one, other = one] = all;
        assert.ok(one !== undefined && other !== undefined);
        await clock.run(Promise.all([trigger(healthSignal(), one.runtime), trigger(alarmSignal('ALARM'), other.runtime)]));

        assert.equal(all.flatMap(({ started }) => started).length, 1, `${controlRegions}, seed ${seed}`);
        assert.equal((await list('intent')).length, 1);
      }
  });

  it('is the alarm that rings again while the run goes', async () => {
    const { say, first } = await incidentWorld(slow);
    const { runId } = await say(alarmSignal('ALARM'));
    await say(alarmSignal('OK', 1));
    const again = await say(alarmSignal('ALARM', 2));

    assert.deepEqual([again.rule, again.runId], ['ALREADY_STARTED', runId]);
    assert.equal(first.started.length, 1);
  });

  it('keeps the trouble open until both are over', async () => {
    const { say, list } = await incidentWorld(slow);
    await say(healthSignal());
    await say(alarmSignal('ALARM', 1));
    await say(healthClosing(2, 2));
    assert.equal((await list<Intent>('intent'))[0]?.incidentOverAt, undefined);
    await say(alarmSignal('OK', 3));

    assert.notEqual((await list<Intent>('intent'))[0]?.incidentOverAt, undefined);
  });

  it('opens the trouble again of an intent whose own incident was over', async () => {
    const { say, list, table, clock } = await incidentWorld(slow);
    await say(healthSignal());
    const [intent] = await list<Intent>('intent');
    assert.ok(intent !== undefined);
    const over = withIncidentOver(intent, clock.now()) ?? assert.fail();
    await clock.run(table.write('intent', intentId(intent.request), over, 1));
    await say(alarmSignal('ALARM', 1));

    assert.equal((await list<Intent>('intent'))[0]?.incidentOverAt, undefined);
  });
});

describe('A signal of a trouble for which an intent is open', () => {
  const before = requestWith({ incident: 'before' });
  const lastRun = runName(intentId(before), 1);
  const planned: Intent = { ...opened(before, MORNING), runs: [lastRun], planned: true };

  it('gets a run of its own where another run has had the fleet since, or a person stopped the last run', async () => {
    const lease: Lease = { holder: 'other-1', operation: 'failback', fence: 2, expiresAt: 0, released: true };
    const stopped = { ...slow, statuses: { [lastRun]: 'ABORTED' } } as const;
    for (const [options, intent, isTaken] of [
      [slow, planned, true],
      [stopped, { ...opened(before, MORNING), runs: [lastRun] }, false],
    ] as const) {
      const { say, table, clock, first } = await incidentWorld(options);
      await clock.run(table.write('intent', intentId(before), intent, 0));
      if (isTaken) await clock.run(table.write('lease', before.fleet, lease, 0));
      const { decision, runId } = await say(alarmSignal('ALARM'));

      assert.equal(decision, 'start');
      assert.deepEqual(first.started, [runId]);
    }
  });

  it('lets none of its keys follow while probes find the Region well', async () => {
    const { say, tick, list, table, clock, first } = await incidentWorld({ fleet: { alarms: [ALARM] } });
    const over = { ...planned, runs: [], incidentOverAt: MORNING };
    await clock.run(table.write('intent', intentId(before), over, 0));
    const { decision, rule } = await say(alarmSignal('ALARM'));
    await tick();

    assert.deepEqual([decision, rule], ['observe', 'SOURCE_HEALTHY']);
    assert.equal((await list<Intent>('intent'))[0]?.incidentOverAt, MORNING);
    assert.deepEqual(first.started, []);
  });
});

describe('A person who was asked about two signals of one trouble', () => {
  const states = (decisions: readonly Decision[]) => decisions.flatMap(({ approval }) => approval?.state ?? []);

  it('is asked once, whichever came first, and told so in the second', async () => {
    for (const [one, other] of [
      [healthSignal(), alarmSignal('ALARM')],
      [alarmSignal('ALARM'), healthSignal()],
    ]) {
      const { say, tick, list, told } = await incidentWorld(asking);
      const { record } = await say(one);
      const second = await say(other);
      await tick();

      assert.deepEqual([second.decision, second.rule], ['approve', 'POSTURE_APPROVE']);
      assert.match(second.why, new RegExp(`A person was asked already, in decision ${record}`));
      assert.deepEqual([states(await list<Decision>('decision')), told('Approval Requested').length], [['open'], 1]);
    }
  });

  it('is asked once also when both are decided at the same moment, in one control Region or two', async () => {
    for (const controlRegions of [['us-east-2'], ['us-east-2', 'eu-central-1']])
      for (const seed of [1, 2, 3, 4]) {
        const { clock, all, list } = await incidentWorld({ ...asking, controlRegions, seed });
        const [one, other = one] = all;
        assert.ok(one !== undefined && other !== undefined);
        await clock.run(Promise.all([trigger(healthSignal(), one.runtime), trigger(alarmSignal('ALARM'), other.runtime)]));

        assert.deepEqual(states(await list<Decision>('decision')), ['open'], `${controlRegions}, seed ${seed}`);
      }
  });

  it('may answer as long as one of the two goes on, and no longer', async () => {
    const { say, list } = await incidentWorld(asking);
    await say(healthSignal());
    await say(alarmSignal('ALARM'));
    await say(healthClosing(2, 2));
    assert.deepEqual(states(await list<Decision>('decision')), ['open']);
    await say(alarmSignal('OK', 3));

    assert.deepEqual(states(await list<Decision>('decision')), ['withdrawn']);
  });

  it('is asked twice where the second would take the keys elsewhere', async () => {
    const { say, list, moods } = await incidentWorld(asking);
    await say(healthSignal());
    moods.set(TARGET, 'slow');
    await say(alarmSignal('ALARM'));

    assert.deepEqual(states(await list<Decision>('decision')), ['open', 'open']);
  });

  it('need not answer when a person began the same run otherwise, which both join', async () => {
    const { say, tick, list, clock, table, first } = await incidentWorld({ ...asking, statuses: { 'by-hand': 'RUNNING' } });
    await say(healthSignal());
    await say(alarmSignal('ALARM'));
    const byHand = requestWith({ incident: 'CHG-1' });
    await clock.run(table.write('intent', intentId(byHand), { ...opened(byHand, MORNING), runs: ['by-hand'], planned: true }, 0));
    await tick();

    const approvals = (await list<Decision>('decision')).flatMap(({ approval }) => approval ?? []);
    assert.deepEqual(
      approvals.map(({ state, by }) => [state, by]),
      [['withdrawn', 'the run was started without it']],
    );
    const all = await clock.run(table.read<FleetWatch>('watch', 'payments'));
    assert.deepEqual(
      all?.value.watches.map(({ request }) => request?.incident),
      ['CHG-1', 'CHG-1'],
    );
    assert.deepEqual(first.started, []);
  });

  it('starts one run for both, which is over with the last of them', async () => {
    const { say, tick, list, clock, table, first } = await incidentWorld(asking);
    const { record } = await say(healthSignal());
    await say(alarmSignal('ALARM'));
    const { value, version } = (await clock.run(table.read<Decision>('decision', record))) ?? assert.fail();
    const { approval = assert.fail(), request = assert.fail() } = value;
    await clock.run(table.write('decision', record, { ...value, approval: { ...approval, state: 'approved', by: 'maria' } }, version));
    await clock.run(startApproved(first.runtime, { decision: record, request, approvedBy: 'maria' }));
    await tick();

    assert.deepEqual([states(await list<Decision>('decision')), first.started.length], [['approved'], 1]);
    await say(healthClosing(2, 2));
    assert.equal((await list<Intent>('intent'))[0]?.incidentOverAt, undefined);
    await clock.run(clock.sleep(MINUTE_MS));
    assert.equal((await say(alarmSignal('OK', 3))).rule, 'ALARM_OFF');
    assert.notEqual((await list<Intent>('intent'))[0]?.incidentOverAt, undefined);
  });

  it('is asked still about a run that waits for the answer, when the second joins it', async () => {
    const { say, tick, list, clock, table, first } = await incidentWorld(asking);
    const { record } = await say(healthSignal());
    const { value } = (await clock.run(table.read<Decision>('decision', record))) ?? assert.fail();
    const { request = assert.fail() } = value;
    await clock.run(table.write('intent', intentId(request), opened(request, clock.now()), 0));
    const { rule } = await say(alarmSignal('ALARM'));
    await tick();

    assert.equal(rule, 'ALREADY_STARTED');
    assert.deepEqual(first.started, []);
    assert.deepEqual(states(await list<Decision>('decision')), ['open']);
  });
});
