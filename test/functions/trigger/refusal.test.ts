import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Decision } from '../../../core/decision/decision.ts';
import type { StopSwitch } from '../../../core/decision/switch.ts';
import { TICK } from '../../../core/signal/parse.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { SOURCE } from '../../support/keys.ts';
import { ALARM, alarmSignal, healthClosing, healthSignal } from '../../support/signals.ts';

const SWITCH: StopSwitch = { scope: 'global', owner: 'anna', reason: 'freeze', thrownAt: MORNING, expiresAt: MORNING + 3_600_000 };

/** An incident whose first run was started, and died before it had a plan. */
const situation = async (fleet: Readonly<Record<string, unknown>> = {}, mood: 'slow' | 'denied' = 'slow') => {
  const firstDies = ({ executions }: Runtime): Partial<Runtime> => ({
    executions: {
      ...executions,
      status: async (runId) =>
        (await executions.status(runId)) !== undefined && runId.endsWith('-1') ? 'FAILED' : executions.status(runId),
    },
  });
  const world = await deciders({ moods: { [SOURCE]: mood }, change: firstDies, fleet });
  const { clock, table, give, first } = world;
  await give(healthSignal());
  const ticks = async (count: number) => {
    for (let minute = 0; minute < count; minute += 1) {
      await clock.run(clock.sleep(MINUTE_MS));
      await give(TICK);
    }
  };
  const told = async () =>
    (await clock.run(table.list<Decision>('decision')))
      .map(({ value }) => value)
      .filter(({ signal }) => signal.startsWith('reconcile'))
      .toSorted((one, other) => one.at - other.at);
  return { ...world, ticks, told, started: first.started };
};

describe('The next run of an intent that the guards keep back', () => {
  it('is on record with its reason and what lifts it, once, and starts when that is gone', async () => {
    const { ticks, told, clock, table, started } = await situation();
    await clock.run(table.write('switch', 'global', SWITCH, 0));
    await ticks(4);

    const [decision, ...others] = await told();
    assert.deepEqual(others, []);
    assert.deepEqual([decision?.verb, decision?.rule], ['observe', 'STOP_SWITCH_ON']);
    assert.match(decision?.why ?? '', /came to no plan\..*anna threw the global stop switch: freeze/);
    assert.match(decision?.liftedBy?.join() ?? '', /taking the switch back/);
    await ticks(60);
    assert.equal(started.length, 2);
  });

  it('is put to a person, once, when nobody can judge it any more, and no longer than its incident lasts', async () => {
    const { ticks, told, moods, give, started } = await situation();
    moods.set(SOURCE, 'denied');
    await ticks(4);

    const asked = (await told()).map(({ verb, rule, approval }) => [verb, rule, approval?.state]);
    assert.deepEqual(asked, [['approve', 'SOURCE_UNKNOWN', 'open']]);
    await give(healthClosing(2, 6));
    assert.deepEqual((await told())[0]?.approval?.state, 'withdrawn');
    assert.equal(started.length, 1);
  });
});

describe('The next run of an intent that another incident has joined', () => {
  /** The alarm has joined the intent of the Health event, and nobody can judge the source any more. */
  const joined = async () => {
    const world = await situation({ alarms: [ALARM] });
    const { give, moods, told, first } = world;
    await give(alarmSignal('ALARM', 0));
    moods.set(SOURCE, 'denied');
    const questions = async () => (await told()).flatMap(({ rule, approval }) => (approval === undefined ? [] : [[rule, approval.state]]));
    const asked = () => first.bus.events.filter(({ detailType }) => detailType === 'Approval Requested').length;
    return { ...world, questions, asked };
  };

  it('is put to a person, once, when its own incident was over before and the other one goes on', async () => {
    const { give, ticks, questions, asked, started } = await joined();
    await give(healthClosing(2, 1));
    await ticks(5);

    assert.deepEqual(await questions(), [['SOURCE_UNKNOWN', 'open']]);
    assert.deepEqual([asked(), started.length], [1, 1]);
  });

  it('stays the question that it is when its own incident is over after that, until the other one is over as well', async () => {
    const { give, ticks, questions, asked } = await joined();
    await ticks(3);
    assert.deepEqual(await questions(), [['SOURCE_UNKNOWN', 'open']]);
    await give(healthClosing(2, 4));
    await ticks(2);
    assert.deepEqual(await questions(), [['SOURCE_UNKNOWN', 'open']]);
    await give(alarmSignal('OK', 6));

    assert.deepEqual(await questions(), [['SOURCE_UNKNOWN', 'withdrawn']]);
    assert.equal(asked(), 1);
  });

  it('is put to a person anew when the question was taken back since all was over, and another alarm goes on', async () => {
    const { give, ticks, questions, asked } = await joined();
    await ticks(3);
    await give(healthClosing(2, 4));
    await give(alarmSignal('OK', 4));
    await ticks(2);
    await give(alarmSignal('ALARM', 6));
    await ticks(6);

    const states = (await questions()).filter(([rule]) => rule === 'SOURCE_UNKNOWN').map(([, state]) => state);
    assert.deepEqual(states, ['withdrawn', 'open']);
    assert.equal(asked(), 3, 'the second of them was whether its keys follow, and was taken back');
  });

  it('is put to a person though an earlier question of the incident was taken back when its first run was started', async () => {
    const { give, ticks, told, moods, started, first } = await situation({}, 'denied');
    moods.set(SOURCE, 'slow');
    await ticks(1);
    assert.equal(started.length, 1);
    moods.set(SOURCE, 'denied');
    await ticks(3);
    await give(healthSignal(2, 3));

    const states = (await told()).flatMap(({ approval }) => approval?.state ?? []);
    assert.deepEqual(states, ['open']);
    assert.equal(first.bus.events.filter(({ detailType }) => detailType === 'Approval Requested').length, 2);
  });
});
