import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf } from '../../../simulator/story/evidence-of.ts';
import { STORY_STARTS_AT } from '../../../simulator/story/starts-at.ts';
import { FLEETS_TEXT, fleetsOf, primariesBy, storyUnder, toldFrom } from '../../support/stories.ts';

const [WELL, SICK] = ['111122223333', '444455556666'];
const SICK_FOR_MS = 480_000;

test('an account in which KMS does not answer blocks its own keys, and holds up nobody else’s', async () => {
  const fleets = fleetsOf(FLEETS_TEXT.replace(`["${WELL}"]`, `["${WELL}", "${SICK}"]`));
  const story = storyUnder({ fleets, keys: 24, startedBy: 'operator' }, ({ clock }) => ({
    silences: ({ account, region }) => account === SICK && region === 'us-east-1' && clock.now() < STORY_STARTS_AT + SICK_FOR_MS,
  }));
  const { figures, world } = await toldFrom(story);
  const evidence = await world.clock.run(evidenceOf(world.store, figures.runs[0]?.runId ?? ''));
  const fates = Map.groupBy(evidence?.lines ?? [], ({ account }) => account);

  assert.deepEqual(
    fates.get(WELL)?.map(({ outcome }) => outcome),
    Array(12).fill('promoted'),
  );
  assert.deepEqual(
    fates.get(SICK)?.map(({ reason }) => reason),
    Array(12).fill('PRIMARY_UNREACHABLE'),
  );
  assert.deepEqual(primariesBy(world), { 'us-west-2': 24 });
});
