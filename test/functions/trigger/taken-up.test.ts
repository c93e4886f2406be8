import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Decision } from '../../../core/decision/decision.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { trigger } from '../../../functions/trigger/trigger.ts';
import { MINUTE_MS } from '../../support/deciders.ts';
import { dyingAt } from '../../support/dying.ts';
import { incidentWorld } from '../../support/incident-world.ts';
import { SOURCE } from '../../support/keys.ts';
import { ALARM, alarmSignal, healthClosing, healthSignal } from '../../support/signals.ts';

/** One control Region's decider dies at a write, and the signal never comes again; another one ticks beside it. */
const dying = async (kind: string, when: 'before' | 'after', nth: number, fleet: Readonly<Record<string, unknown>> = {}) => {
  const world = await incidentWorld({
    moods: { [SOURCE]: 'slow' },
    controlRegions: ['us-east-2', 'eu-central-1'],
    fleet: { alarms: [ALARM], ...fleet },
    change: dyingAt(kind, when, nth),
  });
  const { clock, all } = world;
  const ticks = async (count: number) => {
    for (let minute = 0; minute < count; minute += 1) {
      await clock.run(clock.sleep(MINUTE_MS));
      await clock.run(Promise.allSettled(all.map(({ runtime }) => trigger(TICK, runtime))));
    }
  };
  const started = () => all.flatMap((decider) => decider.started);
  const asked = () => all.flatMap(({ bus }) => bus.events.filter(({ detailType }) => detailType === 'Approval Requested'));
  return { ...world, ticks, started, asked };
};

const DEATHS = [
  ['watch', 'after', 1],
  ['decision', 'after', 1],
  ['watch', 'before', 2],
  ['watch', 'after', 2],
  ['intent', 'before', 1],
  ['intent', 'after', 1],
  ['run', 'before', 1],
  ['run', 'after', 1],
  ['decision', 'before', 2],
] as const;

describe('What a decider claimed and died over, and whose signal never comes again,', () => {
  for (const [kind, when, nth] of DEATHS)
    it(`is gone on with by the tick when it died ${when} it wrote ${kind} ${nth}: one run is started, and nothing is left undecided`, async () => {
      const { give, ticks, started, list } = await dying(kind, when, nth);
      await assert.rejects(give(healthSignal()), /killed/);
      await ticks(3);

      assert.equal(started().length, 1, String(started()));
      const undecided = (await list<Decision>('decision')).filter(({ state }) => state === 'deciding');
      assert.deepEqual(undecided, []);
    });

  for (const [kind, when, nth] of DEATHS.filter(([at]) => at === 'watch' || at === 'decision'))
    it(`is put to a person by the tick under the posture "approve" when it died ${when} it wrote ${kind} ${nth}, once`, async () => {
      const { give, ticks, started, asked } = await dying(kind, when, nth, { posture: 'approve' });
      await assert.rejects(give(healthSignal()), /killed/);
      await ticks(3);

      assert.deepEqual([new Set(asked().map(({ detail }) => detail.eventId)).size, started()], [1, []]);
    });

  it('is left alone as long as it may be at work', async () => {
    const { give, clock, all, started } = await dying('intent', 'before', 1);
    await assert.rejects(give(healthSignal()), /killed/);
    await clock.run(Promise.all(all.map(({ runtime }) => trigger(TICK, runtime))));

    assert.deepEqual(started(), []);
  });

  it('is gone on with when it was a tick', async () => {
    const { give, moods, ticks, started } = await dying('intent', 'before', 1);
    moods.set(SOURCE, 'well');
    await give(healthSignal());
    moods.set(SOURCE, 'slow');
    await ticks(4);

    assert.equal(started().length, 1);
  });

  it('is nothing to go on with when the incident is over by then', async () => {
    const { give, ticks, started } = await dying('intent', 'before', 1);
    await assert.rejects(give(healthSignal()), /killed/);
    await give(healthClosing(2, 1));
    await ticks(3);

    assert.deepEqual(started(), []);
  });

  it('is begun for another signal of the same trouble that had joined it, when it was over by then', async () => {
    const { give, say, clock, ticks, started } = await dying('intent', 'before', 1);
    await assert.rejects(give(healthSignal()), /killed/);
    await say(alarmSignal('ALARM', 0));
    await clock.run(clock.sleep(MINUTE_MS / 2));
    await give(healthClosing(2, 0.4));
    await ticks(3);

    assert.equal(started().length, 1);
  });
});
