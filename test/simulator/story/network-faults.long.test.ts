import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FaultContext } from '../../../simulator/faults/fault-context.ts';
import { HalfDoneChange } from '../../../simulator/faults/half-done.ts';
import type { HalfDone } from '../../../simulator/faults/kms-fault.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';
import { outcomesOf, primariesBy, storyWith, tell, toldFrom } from '../../support/stories.ts';
import { seedWhere } from '../faults/half-done-seeds.ts';

const KEYS = 6;
/** Blocked keys are looked after for a minute only: here nothing comes back later. */
const words = { keys: KEYS, startedBy: 'operator', aftermathMsMax: 60_000 } as const;

for (const fault of [
  'hang',
  'connection-reset,rate=30%,class=write',
  'connection-refused',
  'dns-failure',
  'tls-failure',
  'late-execution,rate=40%',
]) {
  test(`every key is promoted in spite of ${fault}`, async () => {
    const { figures, world } = await tell({ ...words, faults: [fault, 'slow-updating'] });

    assert.deepEqual(outcomesOf(figures), { promoted: KEYS });
    assert.equal(figures.result, 'moved');
    assert.deepEqual(primariesBy(world), { 'us-west-2': KEYS });
    assert.ok((figures.faultsStruck[fault.split(',')[0] ?? ''] ?? 0) > 0);
  });
}

test('every key is promoted without a call for one that is still Updating, so that nothing hangs on how KMS answers such a call', async () => {
  const { figures } = await tell({ ...words, faults: ['while-updating', 'slow-updating', 'connection-reset,rate=50%,class=write'] });

  assert.deepEqual(outcomesOf(figures), { promoted: KEYS });
  assert.equal(figures.faultsStruck['while-updating'], 0);
});

test('every key is promoted while the source is dark and answers in turns', async () => {
  const { figures, world } = await tell({ ...words, faults: ['flapping'], seed: '2' });

  assert.deepEqual(outcomesOf(figures), { promoted: KEYS });
  assert.deepEqual(primariesBy(world), { 'us-west-2': KEYS });
  assert.ok((figures.faultsStruck.flapping ?? 0) > 0);
});

test('every key is blocked, and proven in the target, while the source refuses every connection', async () => {
  const { figures, world } = await tell({ ...words, keys: 2, faults: ['connection-refused,rate=100%'] });

  assert.deepEqual([figures.result, figures.reasons], ['blocked', { PRIMARY_UNREACHABLE: 2 }]);
  assert.equal(figures.blockedProven, 2);
  assert.deepEqual(primariesBy(world), { 'us-east-1': 2 });
});

/** A story in which many promotions are left half done, to end so. */
const halfDone = (ending: HalfDone['ending'], keys = KEYS) => {
  const random = new Seeded(seedWhere(ending));
  const story = storyWith({ ...words, keys });
  const make = (context: FaultContext) => new HalfDoneChange({ ...context, random }, 0.7);
  const fault = { kind: 'kms', name: 'half-done', make } as const;
  return toldFrom({ ...story, faults: [{ text: 'half-done', fault }] });
};

for (const ending of ['completes', 'rolls-back'] as const) {
  test(`every key is promoted when the target goes dark in the middle of changes, and such a change ${ending}`, async () => {
    const { figures, world } = await halfDone(ending);

    assert.ok((figures.faultsStruck['half-done'] ?? 0) > 0);
    assert.deepEqual(outcomesOf(figures), { promoted: KEYS });
    assert.deepEqual(primariesBy(world), { 'us-west-2': KEYS });
  });
}

test('keys whose change hangs for ever are blocked and say so, and the others are promoted', async () => {
  const { figures } = await halfDone('hangs', 3);

  const hung = figures.faultsStruck['half-done'] ?? 0;
  assert.ok(hung > 0 && hung < 3, `${hung} of 3 hang`);
  assert.deepEqual(outcomesOf(figures), { promoted: 3 - hung, blocked: hung });
  assert.deepEqual([figures.result, figures.reasons], ['blocked', { STILL_UPDATING: hung }]);
});
