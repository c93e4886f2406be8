import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import { STORY_STARTS_AT } from '../../../simulator/story/starts-at.ts';
import { FLEETS_TEXT, fleetsOf, outcomesOf, tell, tellRefused } from '../../support/stories.ts';
import { inWorld } from '../../support/worlds.ts';

const operator = { operation: 'switchover', startedBy: 'operator', keys: 20 } as const;

test('a target in which no key has a replica is refused in a sentence', async () => {
  const fleets = fleetsOf(FLEETS_TEXT.replace('standbys: [us-west-2, eu-west-1]', 'standbys: [us-west-2, eu-west-1, ap-south-1]'));
  const refusal = await tellRefused({ ...operator, fleets, target: 'ap-south-1', replicaRegions: ['us-west-2', 'eu-west-1'] });

  assert.equal(refusal.by, 'input');
  assert.match(refusal.sentences.join(' '), /none of the 20 keys of fleet payments has a replica in ap-south-1/);
});

test('a drill to where the keys are already is refused in a sentence', async () => {
  const refusal = await tellRefused({ ...operator, operation: 'drill', target: 'us-east-1' });

  assert.equal(refusal.by, 'input');
  assert.match(refusal.sentences.join(' '), /the primaries of fleet payments are in us-east-1 already, so a drill there would move none/);
});

test('a target outside of the fleet is refused with the Regions that it lives in', async () => {
  const refusal = await tellRefused({ ...operator, target: 'sa-east-1' });

  assert.match(refusal.sentences.join(' '), /fleet payments lives in us-east-1, us-west-2, eu-west-1; got "sa-east-1"/);
});

test('an event that lacks what it must have is refused with the field’s name', async () => {
  const event = structuredClone(healthEvent('us-east-1', '111122223333', STORY_STARTS_AT)) as { detail: Record<string, unknown> };
  delete event.detail.eventArn;
  const refusal = await tellRefused({ event, keys: 20 });

  assert.equal(refusal.by, 'input');
  assert.match(refusal.sentences.join(' '), /The event cannot be read, and nothing was started/);
  assert.match(refusal.sentences.join(' '), /eventArn/);
});

test('a closed event starts nothing and says why', async () => {
  const event = structuredClone(healthEvent('us-east-1', '111122223333', STORY_STARTS_AT)) as { detail: Record<string, unknown> };
  event.detail.statusCode = 'closed';
  const refusal = await tellRefused({ event, keys: 20 });

  assert.equal(refusal.by, 'guard');
  assert.match(refusal.sentences.join(' '), /status is closed, not open/);
});

test('an event about a Region in which the fleet has no primaries starts nothing', async () => {
  const event = healthEvent('eu-west-1', '111122223333', STORY_STARTS_AT);
  const refusal = await tellRefused({ event, keys: 20 });

  assert.match(refusal.sentences.join(' '), /Fleet payments has no primaries in eu-west-1/);
});

test('a fleet whose posture is approve is not moved by an event alone, and is told what would lift that', async () => {
  const fleets = fleetsOf(FLEETS_TEXT.replace('posture: automatic', 'posture: approve'));
  const refusal = await tellRefused({ fleets, keys: 20 });

  assert.equal(refusal.by, 'guard');
  assert.match(refusal.sentences.join(' '), /posture "approve".*What lifts it: a person who approves the decision or starts the run/);
});

test('a switchover refuses unless every key is eligible, and says which are not; who knows better overrides that', async () => {
  const words = { ...operator, faults: ['disabled-replicas'] } as const;
  const refusal = await tellRefused(words);

  assert.equal(refusal.by, 'guard');
  assert.match(
    refusal.sentences.join(' '),
    /enough-eligible: a switchover needs every key, and 19 of 20 keys .* \(1 TARGET_DISABLED \(111122223333\/mrk-/,
  );
  assert.match(refusal.sentences.join(' '), /What lifts it: .*a person who overrides enough-eligible/);
  const { figures } = await tell({ ...words, override: ['enough-eligible'] });
  assert.deepEqual(outcomesOf(figures), { promoted: 19, ineligible: 1 });
});

test('a failback of a fleet whose home nobody watches is refused, and says what lifts that', async () => {
  const refusal = await inWorld({ operation: 'failback', keys: 4 }, async (world) => {
    await world.stepFunctions.start('back-1', { fleet: 'payments', operation: 'failback', reason: 'CHG-1' });
    await world.stepFunctions.execution('back-1')?.done;
    return world.stepFunctions.execution('back-1');
  });

  assert.equal(refusal?.error, 'RefusedByGuard');
  assert.match(String(refusal?.cause), /home-stable: .*no tick has found it healthy.*What lifts it: .*a person who overrides home-stable/);
});
