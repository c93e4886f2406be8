import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { givenUp, type Intent } from '../../../core/coordination/intent.ts';
import type { FleetWatch } from '../../../core/coordination/watch.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { intentId } from '../../../core/run/name.ts';
import { incidentWorld } from '../../support/incident-world.ts';
import { SOURCE } from '../../support/keys.ts';
import { ALARM, alarmSignal, healthClosing, healthSignal } from '../../support/signals.ts';

const slow = { moods: { [SOURCE]: 'slow' }, fleet: { alarms: [ALARM] } } as const;
const HOUR = 60;

/** A run that goes on and on for an incident, and an alarm that joins it an hour before its time is over. */
const joinedLate = async () => {
  const world = await incidentWorld(slow);
  const { runId = '' } = await world.say(healthSignal());
  await world.tick(23 * HOUR);
  const { rule } = await world.say(alarmSignal('ALARM', 23 * HOUR));
  assert.equal(rule, 'ALREADY_STARTED');
  const watchOfAlarm = async () => {
    const all = await world.clock.run(world.table.read<FleetWatch>('watch', 'payments'));
    return all?.value.watches.find(({ origin }) => origin === ALARM) ?? assert.fail('the alarm is not watched');
  };
  return { ...world, runId, watchOfAlarm };
};

describe('An incident that joined the intent of another one', () => {
  it('has a run and a time of its own when the time of the shared one is over, and it goes on', async () => {
    const { tick, list, first, runId, watchOfAlarm } = await joinedLate();
    await tick(HOUR);
    await tick();

    const [shared, own, ...others] = (await list<Intent>('intent')).toSorted((a, b) => a.openedAt - b.openedAt);
    assert.deepEqual([shared?.state, own?.state, others], ['closed', 'open', []]);
    const { incident, request } = await watchOfAlarm();
    assert.deepEqual([request?.incident, own?.request.incident], [incident, incident]);
    assert.deepEqual(first.started, [runId, `${intentId(own?.request ?? assert.fail())}-1`]);
    const expired = (await list<Decision>('decision')).find(({ rule }) => rule === 'INTENT_EXPIRED');
    assert.match(expired?.why ?? '', /another incident of the same trouble goes on, and is judged by itself from now on/);
  });

  it('has it at its next word as well, before a tick has looked', async () => {
    const { say, clock, table, first } = await incidentWorld(slow);
    const other = { eventArn: 'arn:aws:health:us-east-1::event/KMS/other' };
    const { runId } = await say(healthSignal());
    assert.equal((await say(healthSignal(2, 1, other))).runId, runId);
    const [{ id, value, version } = assert.fail()] = await clock.run(table.list<Intent>('intent'));
    await clock.run(table.write('intent', id, givenUp(value, 'a test'), version));
    const { decision, rule, runId: own } = await say(healthSignal(3, 2, other));

    assert.deepEqual([decision, rule], ['start', 'SOURCE_DEGRADED']);
    assert.deepEqual(first.started, [runId, own]);
  });

  it('has none when it was over by then', async () => {
    const { tick, say, first } = await joinedLate();
    await say(alarmSignal('OK', 23 * HOUR + 5));
    await tick(HOUR);
    await tick();

    assert.equal(first.started.length, 1);
  });

  it('leaves the one whose time is over to people', async () => {
    const world = await incidentWorld(slow);
    await world.say(healthSignal());
    await world.tick(24 * HOUR);
    await world.say(healthSignal(2, 24 * HOUR));
    await world.tick();

    assert.equal(world.first.started.length, 1);
  });

  it('is told under its own run, not the one that was given up, when both are over', async () => {
    const { tick, say, list, watchOfAlarm } = await joinedLate();
    await tick(HOUR);
    await tick();
    await say(healthClosing(9, 24 * HOUR + 2));
    const { incident } = await watchOfAlarm();
    const own = async () => (await list<Intent>('intent')).find(({ request }) => request.incident === incident);
    assert.equal((await own())?.incidentOverAt, undefined);
    await say(alarmSignal('OK', 24 * HOUR + 3));

    assert.notEqual((await own())?.incidentOverAt, undefined);
  });
});
