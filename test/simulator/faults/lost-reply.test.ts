import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SOURCE, STARTS_AT, TARGET } from '../kms/kms-world.ts';
import { ended, tally, worldWith } from './fault-world.ts';

describe('The fault lost-reply', () => {
  it('loses a tenth of all answers, and the clients wait in vain for the whole of their timeout', async () => {
    const { world, keyIds } = worldWith(['lost-reply'], { keyCount: 1 });
    const reads = Array.from({ length: 1_000 }, () => ended(world.at(TARGET).describeKey({ KeyId: keyIds[0] })));

    const { ok = 0, TimeoutError = 0, ...others } = tally(await world.run(Promise.all(reads)));

    assert.deepEqual([ok + TimeoutError, others], [1_000, {}]);
    assert.ok(Math.abs(TimeoutError - 100) < 30, String(TimeoutError));
    assert.equal(world.kms.counts().faults['lost-reply'], TimeoutError);
    assert.equal(world.clock.now(), STARTS_AT + 3_000);
  });

  it('carries out every promotion all the same: most at once, a third of the lost ones up to 60 s after the client gave up', async () => {
    const keyCount = 400;
    const { world, keyIds } = worldWith(['lost-reply'], { keyCount });
    const gaveUpAt = new Map<string, number>();
    const acceptedAt = new Map<string, number>();
    world.kms.onAccepted(({ keyId, at }) => acceptedAt.set(keyId, at));
    const send = async (KeyId: string, index: number) => {
      await world.clock.sleep(index * 500);
      const ending = await ended(world.at(SOURCE).updatePrimaryRegion({ KeyId, PrimaryRegion: TARGET }));
      if (ending === 'TimeoutError') gaveUpAt.set(KeyId, world.clock.now());
      else assert.equal(ending, 'ok');
    };

    await world.run(Promise.all(keyIds.map(send)));
    await world.pass(60_000);

    assert.equal(acceptedAt.size, keyCount);
    const lateBy = [...gaveUpAt].map(([keyId, at]) => (acceptedAt.get(keyId) ?? Number.NaN) - at);
    const late = lateBy.filter((ms) => ms >= 0);
    assert.ok(Math.abs(lateBy.length - 40) < 20, `${lateBy.length} answers were lost`);
    assert.ok(late.length >= lateBy.length * 0.1 && late.length <= lateBy.length * 0.6, `${late.length} of ${lateBy.length} were late`);
    assert.ok(late.every((ms) => ms <= 60_000));
    assert.ok(lateBy.filter((ms) => ms < 0).every((ms) => ms === -3_000));
  });
});
