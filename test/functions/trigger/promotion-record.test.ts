import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TICK } from '../../../core/signal/parse.ts';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import { STORY_STARTS_AT } from '../../../simulator/story/starts-at.ts';
import type { World } from '../../../simulator/world/world.ts';
import { inWorld } from '../../support/worlds.ts';

const MINUTE_MS = 60_000;

/** CloudTrail's records as EventBridge delivers them. */
const recordsIn = (world: World): readonly unknown[] =>
  world.kms.trail.map((detail) => ({
    version: '0',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.kms',
    account: detail.recipientAccountId,
    time: detail.eventTime,
    region: detail.awsRegion,
    resources: [],
    detail,
  }));

const kindOf = async (world: World, event: unknown): Promise<unknown> => {
  const answer = (await world.invoke('trigger', event)) as { readonly promotion?: { readonly kind: string } };
  return answer.promotion?.kind;
};

const alarmsIn = (world: World) => world.bus.events.filter(({ detailType }) => detailType === 'Unordered Promotion');

/** A failover that a Health event starts, and what CloudTrail tells of it a quarter of an hour later. */
const afterFailover = async (
  faults: readonly string[],
  deeds: (world: World, kinds: ReadonlySet<unknown>) => Promise<void>,
): Promise<void> => {
  await inWorld({ keys: 20, faults }, async (world) => {
    const answer = (await world.invoke('trigger', healthEvent('us-east-1', '111122223333', STORY_STARTS_AT))) as {
      readonly fleets: ReadonlyArray<{ readonly runId?: string }>;
    };
    await world.stepFunctions.execution(answer.fleets[0]?.runId ?? '')?.done;
    await world.clock.sleep(15 * MINUTE_MS);
    const kinds = new Set<unknown>();
    for (const record of recordsIn(world)) kinds.add(await kindOf(world, record));
    for (let minute = 0; minute < 7; minute += 1) {
      await world.clock.sleep(MINUTE_MS);
      await world.invoke('trigger', TICK);
    }
    await deeds(world, kinds);
  });
};

describe('The records of a whole failover', () => {
  it('are all known to be ours', async () => {
    await afterFailover(['degraded'], async (world, kinds) => {
      assert.ok(world.kms.trail.length >= 40);
      assert.ok(kinds.has('ours'));
      assert.deepEqual(alarmsIn(world), []);
    });
  });

  it('are known to be ours also where replies were lost, and calls carried out late', async () => {
    await afterFailover(['degraded', 'lost-reply'], async (world) => {
      assert.ok(world.kms.trail.length >= 40);
      assert.deepEqual(alarmsIn(world), []);
    });
  });
});
