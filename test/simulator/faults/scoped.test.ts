import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OTHER_ACCOUNT, SOURCE, TARGET, THIRD } from '../kms/kms-world.ts';
import { ended, worldWith } from './fault-world.ts';

/** Which of these calls a fault strikes that refuses every connection. */
const struckOf = async (settings: string) => {
  const { world, keyIds } = worldWith([`connection-refused,rate=100%,${settings}`], { keyCount: 1 });
  const KeyId = keyIds[0] ?? '';
  const calls = {
    'read in the source': world.at(SOURCE).describeKey({ KeyId }),
    'read in the target': world.at(TARGET).describeKey({ KeyId }),
    'read of another account': world.at(SOURCE, OTHER_ACCOUNT).listKeys({}),
    'write in the source': world.at(SOURCE).tagResource({ KeyId, Tags: [] }),
    'use in the source': world.at(SOURCE).encrypt({ KeyId, Plaintext: Buffer.from('a') }),
  };
  const endings = await world.run(Promise.all(Object.entries(calls).map(async ([what, call]) => ({ what, ending: await ended(call) }))));
  return endings.filter(({ ending }) => ending === 'Error').map(({ what }) => what);
};

describe('A fault within limits', () => {
  for (const { settings, struck } of [
    { settings: 'class=read', struck: ['read in the source', 'read of another account'] },
    { settings: 'class=write', struck: ['write in the source'] },
    { settings: 'class=crypto', struck: ['use in the source'] },
    { settings: 'class=all', struck: ['read in the source', 'read of another account', 'write in the source', 'use in the source'] },
    { settings: 'region=target', struck: ['read in the target'] },
    { settings: `region=${TARGET}`, struck: ['read in the target'] },
    { settings: `account=${OTHER_ACCOUNT}`, struck: ['read of another account'] },
    { settings: `region=${THIRD}`, struck: [] },
    { settings: `class=read,region=source,account=${OTHER_ACCOUNT}`, struck: ['read of another account'] },
    { settings: 'from=1s', struck: [] },
  ]) {
    it(`${settings} strikes ${struck.length === 0 ? 'nothing of it' : struck.join(', ')}`, async () =>
      assert.deepEqual(await struckOf(settings), struck));
  }

  it('strikes from its beginning on, for as long as it was given', async () => {
    const { world, keyIds } = worldWith(['connection-refused,rate=100%,from=1m,for=30s'], { keyCount: 1 });
    const KeyId = keyIds[0] ?? '';
    const endings: string[] = [];
    for (const ms of [0, 59_999, 1, 29_999, 1]) {
      await world.pass(ms);
      endings.push(await ended(world.run(world.at(SOURCE).describeKey({ KeyId }))));
    }

    assert.deepEqual(endings, ['ok', 'ok', 'Error', 'Error', 'ok']);
  });

  it('of the source Region strikes the Region that it names instead', async () => {
    const { world, keyIds } = worldWith([`source-down,region=${TARGET}`], { keyCount: 1 });
    const KeyId = keyIds[0] ?? '';

    assert.equal(await ended(world.run(world.at(SOURCE).describeKey({ KeyId }))), 'ok');
    assert.equal(await ended(world.run(world.at(TARGET).describeKey({ KeyId }))), 'TimeoutError');
  });

  it('slows promotions into its Region only', async () => {
    const { world, keyIds } = worldWith([`slow-updating,region=${SOURCE}`], { keyCount: 1 });
    const keyId = keyIds[0] ?? '';

    await world.promote(keyId);
    await world.pass(1_000);
    assert.equal(world.truthOf(keyId).regions[TARGET]?.state, 'Enabled');
    await world.promote(keyId, TARGET, SOURCE);
    await world.pass(1_000);

    assert.equal(world.truthOf(keyId).regions[SOURCE]?.state, 'Updating');
  });
});
