import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { StillDecidingError } from '../../../functions/trigger/claim.ts';
import { trigger } from '../../../functions/trigger/trigger.ts';
import { type Decider, type DecidersOptions, deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { rawHealthEvent } from '../../support/health-fixture.ts';

/** One communication of the recorded incident, as it comes in one Region. */
const communication = (number: number, minutes: number, deliveredIn: string, changes: Readonly<Record<string, unknown>> = {}) => {
  const event = rawHealthEvent(deliveredIn === 'us-west-2' ? 'kms-issue-opens-backup-copy' : 'kms-issue-opens');
  const lastUpdatedTime = new Date(MORNING + minutes * MINUTE_MS).toUTCString();
  const detail = { ...event.detail, eventRegion: 'us-east-1', communicationId: `c-${number}`, lastUpdatedTime, ...changes };
  return { ...event, region: deliveredIn, id: `${number}-${deliveredIn}`, detail };
};

const closing = { statusCode: 'closed', endTime: new Date(MORNING + 20 * MINUTE_MS).toUTCString() };

/** A hundred deliveries: an opening and three updates, as often again as retries and copies, and some of the closing. */
const deliveries = ['us-east-1', 'us-west-2'].flatMap((deliveredIn) => [
  ...[1, 2, 3, 4].flatMap((number) => Array.from({ length: 11 }, () => communication(number, number, deliveredIn))),
  ...Array.from({ length: 6 }, () => communication(5, 20, deliveredIn, closing)),
]);

/** Lambda brings a failed event again after one minute and after two. */
const delivered = async (event: unknown, { runtime }: Decider): Promise<void> => {
  for (const waitMs of [1, 2].map((minutes) => minutes * MINUTE_MS)) {
    try {
      await trigger(event, runtime);
      return;
    } catch (error) {
      assert.ok(error instanceof StillDecidingError, String(error));
      await runtime.clock.sleep(waitMs);
    }
  }
  await trigger(event, runtime);
};

type Words = Pick<DecidersOptions, 'controlRegions' | 'seed' | 'fleet'>;

/** Everything is delivered everywhere, in any order, within three minutes. */
const told = async (words: Words) => {
  // After all of them were written.
  const startsAt = MORNING + 21 * MINUTE_MS;
  const world = await deciders({ ...words, startsAt, moods: { 'us-east-1': 'slow' } });
  const random = world.random.stream('deliveries');
  const all = world.all.flatMap((decider) => deliveries.map((event) => ({ event, decider, afterMs: random.uniform() * 3 * MINUTE_MS })));
  await world.clock.run(
    Promise.all(
      all.map(async ({ event, decider, afterMs }) => {
        await world.clock.sleep(afterMs);
        await delivered(event, decider);
      }),
    ),
  );
  return world;
};

describe('An incident that is told of a hundred times', () => {
  it('is what these tests are about', () => assert.equal(deliveries.length, 100));

  for (const controlRegions of [['us-east-2'], ['us-east-2', 'eu-central-1']]) {
    const many = `${controlRegions.length} deciding`;
    for (const seed of [1, 2, 3, 4])
      it(`starts one run, in any order and with any delay, and its intent knows that it is over (${many}, seed ${seed})`, async () => {
        const world = await told({ controlRegions, seed });

        const started = world.all.flatMap((decider) => decider.started);
        assert.equal(started.length, 1, String(started));
        assert.match(started[0] ?? '', /^payments-[0-9a-f]{16}-1$/);
        const intents = await world.clock.run(world.table.list<Intent>('intent'));
        assert.deepEqual(
          intents.map(({ value }) => value.incidentOverAt),
          [Date.parse('2026-10-20T08:13:00Z')],
        );
      });

    for (const seed of [1, 2, 3, 4])
      it(`asks a person once at most, and takes the question back when it is over (${many}, seed ${seed})`, async () => {
        const world = await told({ controlRegions, seed, fleet: { posture: 'approve' } });

        const decisions = (await world.clock.run(world.table.list<Decision>('decision'))).map(({ value }) => value);
        const asked = decisions.flatMap(({ approval }) => approval ?? []);
        assert.ok(asked.length <= 1, JSON.stringify(asked));
        assert.deepEqual(
          asked.map(({ state }) => state),
          asked.map(() => 'withdrawn'),
        );
        assert.deepEqual(
          decisions.map(({ state }) => state).filter((state) => state !== 'decided'),
          [],
        );
        assert.equal(decisions.length, 5);
      });
  }
});
