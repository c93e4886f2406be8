import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomesOf, primariesBy, tell } from '../../support/stories.ts';

test('when the source is dark every key is blocked, none is told as moved, and each is proven to work in the target', async () => {
  const { figures, world } = await tell({ faults: ['source-down'], keys: 40 });

  assert.equal(figures.result, 'blocked');
  assert.deepEqual(outcomesOf(figures), { blocked: 40 });
  assert.deepEqual(figures.reasons, { PRIMARY_UNREACHABLE: 40 });
  assert.equal(figures.blockedProven, 40);
  assert.equal(figures.blockedWithoutProof, 0);
  assert.ok(figures.secondsTotal < 300, `it took ${figures.secondsTotal} simulated seconds`);
  assert.equal(figures.runs[0]?.status, 'FAILED');
  assert.deepEqual(primariesBy(world), { 'us-east-1': 40 });
  assert.ok(world.bus.events.some(({ detailType, detail }) => detailType === 'Keys Blocked' && detail.blocked === 40));
});

test('when the source goes dark half-way, the moved keys stay moved and proven, and the others are blocked', async () => {
  const { figures, world } = await tell({ faults: ['source-down-at=40%'], keys: 40 });

  const moved = primariesBy(world)['us-west-2'] ?? 0;
  assert.ok(moved >= 16);
  assert.deepEqual(outcomesOf(figures), { promoted: moved, blocked: 40 - moved });
  assert.equal(figures.blockedWithoutProof, 0);
});

test('when the source comes back after ten minutes, a follow-up run that nobody started finishes the move', async () => {
  const { figures, world } = await tell({ faults: ['source-down-for=10m'], keys: 40 });

  assert.deepEqual(
    figures.runs.map(({ status, result }) => ({ status, result })),
    [
      { status: 'FAILED', result: 'blocked' },
      { status: 'SUCCEEDED', result: 'moved' },
    ],
  );
  assert.deepEqual(outcomesOf(figures), { promoted: 40 });
  assert.deepEqual(primariesBy(world), { 'us-west-2': 40 });
  const intents = await world.clock.run(world.table.list<{ state: string }>('intent'));
  assert.deepEqual(
    intents.map(({ value }) => value.state),
    ['closed'],
  );
});
