import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import { LEASE_MS, type Lease } from '../../../core/coordination/lease.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { TICK } from '../../../core/signal/parse.ts';
import type { TriggerAnswer } from '../../../functions/trigger/trigger.ts';
import { type DecidersOptions, deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';
import { ALARM, alarmSignal, drillSignal } from '../../support/signals.ts';

const rulesOf = (answer: TriggerAnswer): readonly string[] => ('fleets' in answer ? answer.fleets.map(({ rule }) => rule) : []);

const world = async (options: DecidersOptions = {}) => {
  const made = await deciders({ ...options, fleet: { alarms: [ALARM], ...options.fleet } });
  const tick = async () => {
    await made.clock.run(made.clock.sleep(MINUTE_MS));
    return made.give(TICK);
  };
  return { ...made, tick };
};

describe('An alarm that a fleet names', () => {
  it('starts one run when probes confirm it, however often it is delivered', async () => {
    const { give, first } = await world({ moods: { [SOURCE]: 'slow' } });

    assert.deepEqual(rulesOf(await give(alarmSignal('ALARM'))), ['SOURCE_DEGRADED']);
    assert.deepEqual(rulesOf(await give(alarmSignal('ALARM'))), ['DUPLICATE']);
    assert.equal(first.started.length, 1);
  });

  it('is watched while probes see nothing, until it is OK', async () => {
    const { give, tick, moods, first } = await world();
    assert.deepEqual(rulesOf(await give(alarmSignal('ALARM'))), ['SOURCE_HEALTHY']);
    assert.deepEqual(rulesOf(await give(alarmSignal('OK', 1))), ['ALARM_OFF']);
    moods.set(SOURCE, 'slow');
    await tick();

    assert.deepEqual(first.started, []);
  });

  it('takes its question back when it is OK, and asks nobody when that came first', async () => {
    const { give, clock, table } = await world({ moods: { [SOURCE]: 'denied' } });
    await give(alarmSignal('ALARM'));
    await give(alarmSignal('OK', 1));
    const [approval] = (await clock.run(table.list<Decision>('decision'))).flatMap(({ value }) => value.approval ?? []);
    assert.equal(approval?.state, 'withdrawn');
    const late = await world({ moods: { [SOURCE]: 'denied' } });
    await late.give(alarmSignal('OK', 1));

    assert.deepEqual(rulesOf(await late.give(alarmSignal('ALARM'))), ['ENDED']);
  });

  it('is another incident each time that it goes off', async () => {
    const { give, first, clock, table } = await world({ moods: { [SOURCE]: 'denied' } });
    for (const event of [alarmSignal('ALARM', 0), alarmSignal('OK', 1), alarmSignal('ALARM', 2)]) await give(event);
    const open = (await clock.run(table.list<Decision>('decision'))).filter(({ value }) => value.approval?.state === 'open');

    assert.equal(open.length, 1);
    assert.deepEqual(first.started, []);
  });

  it('is nothing to fleets that do not name it', async () => {
    const { give, clock, table } = await world({ fleet: { alarms: [] } });

    assert.deepEqual(rulesOf(await give(alarmSignal('ALARM'))), []);
    assert.deepEqual(await clock.run(table.list('decision')), []);
  });
});

describe('An alarm that lives in a control Region, which it says is in trouble', () => {
  const two = () => world({ moods: { [SOURCE]: 'slow' }, controlRegions: [SOURCE, 'us-east-2'] });

  it('is left to the other control Region, whose tick decides about it also when the alarm itself was never heard there', async () => {
    const { give, all, clock, table } = await two();
    const [here, peer] = all;
    assert.deepEqual(rulesOf(await give(alarmSignal('ALARM'), here)), []);
    await clock.run(clock.sleep(MINUTE_MS));
    assert.deepEqual(rulesOf(await give(TICK, here)), []);
    assert.deepEqual(rulesOf(await give(TICK, peer)), ['SOURCE_DEGRADED']);

    assert.deepEqual([here?.started.length, peer?.started.length], [0, 1]);
    assert.equal((await clock.run(table.list<Decision>('decision'))).length, 1);
  });

  it('is decided about at once by the other one, which hears of it too', async () => {
    const { give, all } = await two();
    const [here, peer] = all;
    await give(alarmSignal('ALARM'), here);

    assert.deepEqual(rulesOf(await give(alarmSignal('ALARM'), peer)), ['SOURCE_DEGRADED']);
  });

  it('is over for both when either hears that it is OK', async () => {
    const { give, all, clock } = await two();
    const [here, peer] = all;
    await give(alarmSignal('ALARM'), here);
    assert.deepEqual(rulesOf(await give(alarmSignal('OK', 1), here)), ['ALARM_OFF']);
    await clock.run(clock.sleep(MINUTE_MS));
    await give(TICK, peer);

    assert.deepEqual(peer?.started, []);
  });
});

describe('An alarm that watches the home from a standby', () => {
  const fromAfar = ALARM.replaceAll(SOURCE, TARGET);
  const rings = { ...alarmSignal('ALARM', 0, fromAfar), region: TARGET };
  const watching = (options: DecidersOptions = {}) =>
    world({ moods: { [SOURCE]: 'slow' }, fleet: { alarms: [{ arn: fromAfar, watches: SOURCE }] }, ...options });

  it('is trouble of the home, and none of the standby that the keys go to', async () => {
    const { give, first, clock, table } = await watching({ fleet: { alarms: [{ arn: fromAfar, watches: SOURCE }], standbys: [TARGET] } });

    assert.deepEqual(rulesOf(await give(rings)), ['SOURCE_DEGRADED']);
    assert.equal(first.started.length, 1);
    const [intent] = await clock.run(table.list<Intent>('intent'));
    assert.deepEqual([intent?.value.request.source, intent?.value.request.target], [SOURCE, TARGET]);
  });

  it('is decided about by the control Region that it lives in, and not by the one that it watches', async () => {
    const { give, all } = await watching({ controlRegions: [SOURCE, TARGET] });
    const [watched, living] = all;

    assert.deepEqual(rulesOf(await give(rings, watched)), []);
    assert.deepEqual(rulesOf(await give(rings, living)), ['SOURCE_DEGRADED']);
  });
});

describe('An alarm that a drill was given', () => {
  const lease: Lease = { holder: 'drill-1', operation: 'drill', fence: 1, expiresAt: MORNING + LEASE_MS, released: false };
  const calledHome = async (changes: Partial<Lease>, state: string) => {
    const { give, clock, table } = await world({ fleet: { alarms: [], drill: { stopOnAlarms: [ALARM] } } });
    await clock.run(table.write('lease', 'payments', { ...lease, ...changes }, 0));
    await give(alarmSignal(state));
    return (await clock.run(table.read<Lease>('lease', 'payments')))?.value.calledHome;
  };

  it('calls it home when it goes off', async () => assert.equal(await calledHome({}, 'ALARM'), 'alarm kms-errors is in ALARM'));

  it('leaves it alone when it is OK, and leaves other runs alone', async () => {
    assert.equal(await calledHome({}, 'OK'), undefined);
    assert.equal(await calledHome({ operation: 'failover' }, 'ALARM'), undefined);
    assert.equal(await calledHome({ released: true }, 'ALARM'), undefined);
  });

  it('keeps the next drill from beginning until it is OK', async () => {
    const { give, first } = await world({ fleet: { alarms: [], drill: { stopOnAlarms: [ALARM] } } });
    await give(alarmSignal('ALARM', -3));
    await give(alarmSignal('INSUFFICIENT_DATA', -2));
    assert.deepEqual(rulesOf(await give(drillSignal(0))), ['STOP_ALARM_RINGS']);
    await give(alarmSignal('OK', -1));

    assert.deepEqual(rulesOf(await give(drillSignal(1))), ['DRILL_DUE']);
    assert.equal(first.started.length, 1);
  });
});
