import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf } from '../../../simulator/story/evidence-of.ts';
import { FLEETS_TEXT, fleetsOf, storyUnder, toldFrom } from '../../support/stories.ts';

const [ACCOUNT, SICK] = ['111122223333', '444455556666'];

test('an account in which KMS does not answer blocks its own keys, and holds up nobody else’s', async () => {
  const fleets = fleetsOf(FLEETS_TEXT.replace(`["${ACCOUNT}"]`, `["${ACCOUNT}", "${SICK}"]`));
  const story = storyUnder({ fleets, keys: 120, startedBy: 'operator' }, () => ({
    silences: ({ account, region }) => account === SICK && region === 'us-east-1',
  }));
  const { figures, world } = await toldFrom(story);
  const first = figures.runs[0] ?? assert.fail('no run');
  const lines = (await evidenceOf(world.store, first.runId))?.lines ?? [];
  const fates = Map.groupBy(lines, ({ account }) => account);

  assert.deepEqual(new Set(fates.get(ACCOUNT)?.map(({ outcome }) => outcome)), new Set(['promoted']));
  assert.deepEqual(new Set(fates.get(SICK)?.map(({ reason }) => reason)), new Set(['PRIMARY_UNREACHABLE']));
  assert.deepEqual([fates.get(ACCOUNT)?.length, fates.get(SICK)?.length], [60, 60]);
  const started = first.runId === '' ? 0 : world.kms.trail[0]?.eventTime;
  assert.notEqual(started, undefined);
});
