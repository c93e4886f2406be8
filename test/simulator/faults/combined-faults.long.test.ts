import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAULT_CATALOG } from '../../../simulator/faults/catalog.ts';
import { SOURCE, TARGET } from '../kms/kms-world.ts';
import { ended, tally, worldWith } from './fault-world.ts';

const VALUES: Readonly<Record<string, string>> = { 'source-down-at': '=40%', 'source-down-for': '=20s' };

const KMS_FAULTS = Object.entries(FAULT_CATALOG)
  .filter(([, { kind }]) => kind === 'kms')
  .map(([name]) => `${name}${VALUES[name] ?? ''}`);

const PAIRS = KMS_FAULTS.flatMap((one, index) => KMS_FAULTS.slice(index + 1).map((other) => [one, other] as const));

/** Every key is promoted once, and read in both Regions before and after. */
const story = async (texts: readonly string[], seed: number) => {
  const { world, keyIds } = worldWith(texts, { keyCount: 4, seed, unkindness: 'unkind' });
  const move = async (KeyId: string, index: number) => {
    await world.clock.sleep(index * 1_000);
    const endings = [await ended(world.at(SOURCE).describeKey({ KeyId })), await ended(world.at(TARGET).describeKey({ KeyId }))];
    endings.push(await ended(world.at(SOURCE).updatePrimaryRegion({ KeyId, PrimaryRegion: TARGET })));
    return [...endings, await ended(world.at(TARGET).describeKey({ KeyId }))];
  };
  const endings = await world.run(Promise.all(keyIds.map(move)));
  await world.pass(300_000);
  return { endings: endings.flat(), truth: world.kms.truth(), counts: world.kms.counts() };
};

describe('Any two faults', () => {
  for (const pair of PAIRS) {
    it(`combine: ${pair.join(' and ')}`, async () => {
      const first = await story(pair, 3);

      assert.deepEqual(
        Object.keys(first.counts.faults),
        pair.map((text) => text.split('=')[0]),
      );
      for (const { regions } of first.truth.keys) {
        const views = Object.values(regions);
        assert.equal(views.filter(({ role }) => role === 'PRIMARY').length, 1);
        assert.equal(new Set(views.map(({ primaryRegion }) => primaryRegion)).size, 1);
        const lawful = ['Enabled', 'Disabled', ...(pair.includes('half-done') ? ['Updating'] : [])];
        assert.ok(views.every(({ state }) => lawful.includes(state)));
      }
      const known = ['ok', 'TimeoutError', 'ThrottlingException', 'KMSInternalException', 'DisabledException', 'ValidationException'];
      const unexpected = Object.keys(tally(first.endings)).filter(
        (name) => ![...known, 'AccessDeniedException', 'NotFoundException', 'Error'].includes(name),
      );
      assert.deepEqual(unexpected, []);
    });
  }

  for (const fault of KMS_FAULTS)
    it(`replay from their seed: ${fault} behind lost-reply`, async () =>
      assert.deepEqual(await story(['lost-reply', fault], 4), await story(['lost-reply', fault], 4)));

  it('are counted together when they are of one kind, each in its own Region', async () => {
    const { counts } = await story(['hang,rate=100%,region=source', 'hang,rate=100%,region=target'], 3);

    assert.deepEqual(counts.faults, { hang: 16 });
  });

  it('leave each other what they would have drawn alone', async () => {
    const struckAlone = (await story(['lost-reply'], 3)).counts.faults['lost-reply'];

    assert.equal((await story(['lost-reply', 'denied-target'], 3)).counts.faults['lost-reply'], struckAlone);
  });
});
