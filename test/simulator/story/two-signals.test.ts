import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import { alarmEvent, withFleet } from '../../../simulator/story/signals.ts';
import type { Teller } from '../../../simulator/story/teller.ts';
import { primariesBy, storyWith, toldFrom } from '../../support/stories.ts';

const ALARM = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:kms-errors';

const told = async (faults: readonly string[], tell: (teller: Teller) => Promise<void>) => {
  const story = storyWith({ keys: 4, faults, script: { name: 'two signals', tell } });
  const { figures, world } = await toldFrom({
    ...story,
    fleets: withFleet(story.fleets, 'payments', { posture: 'automatic', alarms: [ALARM] }),
  });
  const intents = (await world.clock.run(world.table.list<Intent>('intent'))).map(({ value }) => value);
  assert.deepEqual(primariesBy(world), { 'us-west-2': 4 });
  return { figures, intents, told: (type: string) => world.bus.events.filter(({ detailType }) => detailType === type) };
};

const health = (teller: Teller) => healthEvent(teller.story.source, teller.fleet.accounts[0] ?? '', teller.now);

test('a Health event and an alarm about one trouble make one intent and one run, and a day later nobody complains', async () => {
  const { intents, figures, ...world } = await told(['degraded,for=5m'], async (teller) => {
    const signals = [health(teller), alarmEvent(ALARM, 'ALARM', teller.now)];
    const [first] = await Promise.all(signals.map((event) => teller.signal(event)));
    await teller.ended(first?.runId ?? assert.fail('nothing was started'));
    await teller.ticks(3);
    await teller.sleep(24 * 3_600_000);
    await teller.ticks(1);
  });

  assert.deepEqual(
    intents.map(({ state, runs }) => [state, runs.length]),
    [['closed', 1]],
  );
  assert.equal(figures.runs.length, 1);
  assert.deepEqual(
    world.told('Decision Made').map(({ detail }) => detail.rule),
    ['SOURCE_DEGRADED', 'ALREADY_STARTED'],
  );
  assert.equal(world.told('Approval Requested').length, 0);
});

test('an alarm that rings while keys are blocked, and rings again, joins the intent that waits for them', async () => {
  const { intents, ...world } = await told(['source-down-for=12m'], async (teller) => {
    const { runId = assert.fail('nothing was started') } = await teller.signal(health(teller));
    await teller.ended(runId);
    for (const state of ['ALARM', 'OK', 'ALARM']) {
      await teller.signal(alarmEvent(ALARM, state, teller.now));
      await teller.sleep(30_000);
    }
    while (!(await teller.isSettled())) for (const next of await teller.tick()) await teller.ended(next);
  });

  assert.deepEqual(
    intents.map(({ state, runs }) => [state, runs.length]),
    [['closed', 2]],
  );
  assert.equal(world.told('Approval Requested').length, 0);
});
