import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LIFECYCLE_EVENTS, type LifecycleEventType } from '../../../core/events/lifecycle.ts';
import { loadRun } from '../../../functions/frame/run/run-file.ts';
import { FLEETS_TEXT, fleetsOf, outcomesOf, primariesBy, tell } from '../../support/stories.ts';

for (const { seed, limiter } of [
  { seed: '1', limiter: 'sliding-second' },
  { seed: '3', limiter: 'wide-bucket' },
  { seed: '10', limiter: 'narrow-bucket' },
]) {
  test(`a Health event moves the whole fleet without one throttled call under the ${limiter} limiter`, async () => {
    const { figures, world } = await tell({ seed, keys: 60 });

    assert.equal(figures.limiter, limiter);
    assert.equal(figures.result, 'moved');
    assert.deepEqual(outcomesOf(figures), { promoted: 60 });
    assert.equal(figures.throttled, 0);
    assert.equal(figures.calls.UpdatePrimaryRegion, 60);
    assert.deepEqual(primariesBy(world), { 'us-west-2': 60 });
    assert.deepEqual(
      figures.runs.map(({ status, result }) => ({ status, result })),
      [{ status: 'SUCCEEDED', result: 'moved' }],
    );
  });
}

test('every key is accounted for once in the evidence, promoted and proven in all three Regions, and no ciphertext is in it', async () => {
  const { figures, world } = await tell({ keys: 20 });
  const file = await world.clock.run(world.store.get(`evidence/${figures.runId}/keys.jsonl`));
  const lines = (file?.body ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

  assert.deepEqual(
    lines.map(({ keyId }) => keyId).toSorted(),
    world.kms
      .truth()
      .keys.map(({ keyId }) => keyId)
      .toSorted(),
  );
  for (const line of lines) {
    assert.equal(line.outcome, 'promoted');
    assert.deepEqual(line.provenIn.toSorted(), ['eu-west-1', 'us-east-1', 'us-west-2']);
    assert.equal(line.requestIds.length, 1);
    assert.equal('material' in line, false);
  }
  assert.equal(file?.body.includes('ciphertext'), false);
});

test('the same seed tells the same story to the last figure, another seed another one', async () => {
  const [first, second, other] = [await tell({ keys: 20 }), await tell({ keys: 20 }), await tell({ keys: 20, seed: '2' })];

  assert.deepEqual(first.figures, second.figures);
  assert.deepEqual(first.world.kms.trail, second.world.kms.trail);
  assert.notEqual(first.figures.secondsToLastVerified, other.figures.secondsToLastVerified);
});

test('the same operation again moves nothing, says so, and is green', async () => {
  const { figures, world } = await tell({ keys: 20, again: true });

  assert.equal(figures.calls.UpdatePrimaryRegion, 20);
  assert.deepEqual(
    figures.runs.map(({ status, result, outcomes, reasons }) => ({ status, result, already: outcomes.alreadyPrimary, reasons })),
    [
      { status: 'SUCCEEDED', result: 'moved', already: 0, reasons: {} },
      { status: 'SUCCEEDED', result: 'nothing-to-do', already: 20, reasons: { ALREADY_THERE: 20 } },
    ],
  );
  assert.deepEqual(primariesBy(world), { 'us-west-2': 20 });
});

test('several accounts move side by side, each with a lane of its own', async () => {
  const accounts = '["111122223333", "444455556666", "777788889999"]';
  const { figures, world } = await tell({ keys: 60, fleets: fleetsOf(FLEETS_TEXT.replace('["111122223333"]', accounts)) });

  assert.deepEqual(outcomesOf(figures), { promoted: 60 });
  assert.equal(figures.accounts, 3);
  assert.equal(figures.floorSeconds, 5);
  assert.equal(figures.throttled, 0);
  const lanes = await world.clock.run(world.table.list('lane'));
  assert.deepEqual(
    lanes.map(({ id }) => id),
    ['111122223333', '444455556666', '777788889999'],
  );
});

test('a switchover and a failback are started by a person and move every key', async () => {
  const switchover = await tell({ operation: 'switchover', keys: 20 });
  const failback = await tell({ operation: 'failback', keys: 20 });

  assert.deepEqual(primariesBy(switchover.world), { 'us-west-2': 20 });
  assert.deepEqual(primariesBy(failback.world), { 'us-east-1': 20 });
  assert.deepEqual([switchover.figures.result, failback.figures.result], ['moved', 'moved']);
});

test('a drill moves every key there and back, holds in between, and tells each key once', async () => {
  const { figures, world } = await tell({ operation: 'drill', keys: 20 });

  assert.equal(figures.result, 'moved');
  assert.deepEqual(outcomesOf(figures), { promoted: 20 });
  assert.equal(figures.calls.UpdatePrimaryRegion, 40);
  assert.deepEqual(primariesBy(world), { 'us-east-1': 20 });
  const sent = world.kms.trail.map(({ eventTime }) => Date.parse(eventTime)).toSorted((a, b) => a - b);
  assert.ok(Math.max(...sent.slice(1).map((at, index) => at - (sent[index] ?? at))) >= 60_000, 'no hold of a minute was found');
});

test('lifecycle events tell of the decision, the run, each stage and the end, once each, as their schemas allow', async () => {
  const { figures, world } = await tell({ keys: 20 });
  const { runId } = figures;

  assert.deepEqual(
    world.bus.events.map(({ detailType, detail }) => [
      detailType,
      detail.runId,
      detail.stage ?? detail.result ?? detail.verb ?? detail.keys,
    ]),
    [
      ['Decision Made', runId, 'start'],
      ['Run Started', runId, 20],
      ...(await world.clock.run(loadRun(world, runId))).stages.map((stage) => ['Stage Finished', runId, stage]),
      ['Run Finished', runId, 'moved'],
    ],
  );
  for (const { detailType, detail } of world.bus.events) LIFECYCLE_EVENTS[detailType as LifecycleEventType].parse(detail);
});
