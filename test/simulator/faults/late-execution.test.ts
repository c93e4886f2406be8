import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { STARTS_AT, TARGET } from '../kms/kms-world.ts';
import { ended, worldWith } from './fault-world.ts';

describe('The fault late-execution', () => {
  it('carries changes out up to a minute after the client gave up, and leaves reads and cryptography alone', async () => {
    const { world, keyIds } = worldWith(['late-execution,rate=100%'], { keyCount: 5 });
    const acceptedAt: number[] = [];
    world.kms.onAccepted(({ at }) => acceptedAt.push(at));
    const KeyId = keyIds[0] ?? '';

    const endings = await world.run(
      Promise.all(keyIds.map((id) => ended(world.at('us-east-1').updatePrimaryRegion({ KeyId: id, PrimaryRegion: TARGET })))),
    );
    const [read, used] = await world.run(
      Promise.all([
        ended(world.at(TARGET).describeKey({ KeyId })),
        ended(world.at(TARGET).encrypt({ KeyId, Plaintext: Buffer.from('a') })),
      ]),
    );
    await world.pass(60_000);

    assert.deepEqual(endings, Array(5).fill('TimeoutError'));
    assert.deepEqual([read, used], ['ok', 'ok']);
    assert.equal(acceptedAt.length, 5);
    const lateMs = acceptedAt.map((at) => at - STARTS_AT - 3_000);
    assert.ok(lateMs.every((ms) => ms >= 0 && ms <= 60_000) && new Set(lateMs).size > 1, String(lateMs));
  });
});
