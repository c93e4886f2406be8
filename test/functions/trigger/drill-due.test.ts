import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import type { AnnouncedRun } from '../../../core/run/announced.ts';
import type { TriggerAnswer } from '../../../functions/trigger/trigger.ts';
import { type DecidersOptions, deciders } from '../../support/deciders.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';
import { drillSignal, healthClosing, healthSignal } from '../../support/signals.ts';

const drilled = async (options: DecidersOptions = {}, ...minutes: readonly number[]) => {
  const world = await deciders(options);
  const rules: string[] = [];
  for (const minute of minutes.length > 0 ? minutes : [0]) {
    const answer: TriggerAnswer = await world.give(drillSignal(minute));
    rules.push(...('fleets' in answer ? answer.fleets.map(({ rule }) => rule) : []));
  }
  return { ...world, rules };
};

describe('A drill that is due', () => {
  it('begins in a quiet fleet at home, also where a person is asked about incidents', async () => {
    for (const posture of ['automatic', 'approve']) {
      const { rules, first, clock, table } = await drilled({ fleet: { posture } });

      assert.deepEqual(rules, ['DRILL_DUE'], posture);
      assert.equal(first.started.length, 1);
      const [run] = await clock.run(table.list<AnnouncedRun>('run'));
      assert.equal(run?.value.start, 'schedule');
      const [intent] = await clock.run(table.list<Intent>('intent'));
      assert.deepEqual([intent?.value.request.operation, intent?.value.request.target], ['drill', TARGET]);
    }
  });

  it('begins once, however often the scheduler says so', async () => {
    const { rules, first } = await drilled({}, 0, 0);

    assert.deepEqual(rules, ['DRILL_DUE', 'DUPLICATE']);
    assert.equal(first.started.length, 1);
  });

  it('is skipped while its source has an open incident that probes see nothing of, and begins when that is over', async () => {
    const { give, first } = await deciders();
    const rulesOf = async (event: unknown) => {
      const answer: TriggerAnswer = await give(event);
      return 'fleets' in answer ? answer.fleets.map(({ rule }) => rule) : [];
    };
    assert.deepEqual(await rulesOf(healthSignal(1, -5)), ['SOURCE_HEALTHY']);
    assert.deepEqual(await rulesOf(drillSignal(0)), ['SOURCE_IN_TROUBLE']);
    assert.deepEqual(await rulesOf(healthClosing(2, -4)), ['NOT_OPEN']);
    assert.deepEqual(await rulesOf(drillSignal(1)), ['DRILL_DUE']);

    assert.equal(first.started.length, 1);
  });

  it('begins again at its next time', async () => {
    assert.equal((await drilled({}, -10, -5)).first.started.length, 2);
  });

  it('is skipped, and nobody is asked, when its Region is in trouble or cannot be judged, or the fleet only observes', async () => {
    for (const options of [
      { moods: { [SOURCE]: 'slow' } },
      { moods: { [SOURCE]: 'denied' } },
      { fleet: { posture: 'observe' } },
    ] as const) {
      const { first, rules } = await drilled(options);

      assert.equal(rules.length, 1);
      assert.deepEqual(first.started, []);
      assert.deepEqual(
        first.bus.events.map(({ detailType }) => detailType),
        ['Decision Made'],
      );
    }
  });

  it('is skipped when it comes hours late', async () => assert.deepEqual((await drilled({}, -90)).rules, ['STALE']));
});
