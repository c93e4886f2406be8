import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthEvent } from '../../../simulator/story/health-event.ts';
import { STORY_STARTS_AT } from '../../../simulator/story/stage-set.ts';
import { FLEETS_TEXT, fleetsOf, tellRefused } from '../../support/stories.ts';

const operator = { operation: 'switchover', startedBy: 'operator', keys: 20 } as const;

test('a target in which no key has a replica is refused in a sentence', async () => {
  const fleets = fleetsOf(FLEETS_TEXT.replace('standbys: [us-west-2, eu-west-1]', 'standbys: [us-west-2, eu-west-1, ap-south-1]'));
  const refusal = await tellRefused({ ...operator, fleets, target: 'ap-south-1', replicaRegions: ['us-west-2', 'eu-west-1'] });

  assert.equal(refusal.by, 'input');
  assert.match(refusal.sentences.join(' '), /none of the 20 keys of fleet payments has a replica in ap-south-1/);
});

test('a target that is the source is refused in a sentence', async () => {
  const refusal = await tellRefused({ ...operator, target: 'us-east-1' });

  assert.equal(refusal.by, 'input');
  assert.match(refusal.sentences.join(' '), /expected another Region than the source; both are "us-east-1"/);
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
  assert.match(refusal.sentences.join(' '), /AWS Health event cannot be read, and nothing was started/);
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

  assert.match(refusal.sentences.join(' '), /fleet payments has no primaries in eu-west-1/);
});

test('a fleet whose posture is approve is not moved by an event alone, and is told what would lift that', async () => {
  const fleets = fleetsOf(FLEETS_TEXT.replace('posture: automatic', 'posture: approve'));
  const refusal = await tellRefused({ fleets, keys: 20 });

  assert.equal(refusal.by, 'guard');
  assert.match(refusal.sentences.join(' '), /posture "approve".*What lifts it: a person who starts the run/);
});
