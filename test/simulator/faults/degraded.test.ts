import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { SOURCE, STARTS_AT, TARGET } from '../kms/kms-world.ts';
import { ended, tally, worldWith } from './fault-world.ts';

describe('The fault degraded', () => {
  it('lets 30 % of the calls to the source fail or vanish, and the others take 2 to 8 s', async () => {
    const { world, keyIds } = worldWith(['degraded'], { keyCount: 1, requestTimeoutMs: 10_000 });
    const tookMs: number[] = [];
    const read = async () => {
      const ending = await ended(world.at(SOURCE).describeKey({ KeyId: keyIds[0] }));
      if (ending === 'ok') tookMs.push(world.clock.now() - STARTS_AT);
      return ending;
    };

    const {
      ok = 0,
      KMSInternalException = 0,
      TimeoutError = 0,
      ...others
    } = tally(await world.run(Promise.all(Array.from({ length: 1_000 }, read))));

    assert.deepEqual([ok + KMSInternalException + TimeoutError, others], [1_000, {}]);
    assert.ok(Math.abs(ok - 700) < 45, String(ok));
    assert.ok(Math.abs(KMSInternalException - TimeoutError) < 60, `${KMSInternalException} failed, ${TimeoutError} vanished`);
    assert.ok(Math.min(...tookMs) >= 2_000 && Math.max(...tookMs) <= 8_000);
    assert.ok(Math.min(...tookMs) < 2_200 && Math.max(...tookMs) > 7_800);
    assert.equal(world.kms.counts().faults.degraded, 1_000);
  });

  it('answers a failure with status 500, and leaves the target Region alone', async () => {
    const { world, keyIds } = worldWith(['degraded'], { keyCount: 1 });
    const failures = Array.from({ length: 40 }, () =>
      world
        .at(SOURCE)
        .listKeys({})
        .catch((error: object) => error),
    );
    const statuses = (await world.run(Promise.all(failures))).map((answer) =>
      '$metadata' in answer ? (answer as { $metadata: { httpStatusCode?: number } }).$metadata.httpStatusCode : 'no answer',
    );

    assert.ok(statuses.includes(500));
    const reads = Array.from({ length: 100 }, () => ended(world.at(TARGET).describeKey({ KeyId: keyIds[0] })));
    assert.deepEqual(tally(await world.run(Promise.all(reads))), { ok: 100 });
  });

  it('does not carry out what it lets fail', async () => {
    const { world, keyIds } = worldWith(['degraded'], { requestTimeoutMs: 10_000 });
    const send = async (KeyId: string, index: number) => {
      await world.clock.sleep(index * 1_000);
      return ended(world.at(SOURCE).updatePrimaryRegion({ KeyId, PrimaryRegion: TARGET }));
    };

    const { ok = 0 } = tally(await world.run(Promise.all(keyIds.map(send))));

    assert.ok(ok > 40 && ok < 90, String(ok));
    assert.equal(world.kms.truth().promotionsAccepted + (world.kms.counts().throttled.UpdatePrimaryRegion ?? 0), ok);
  });
});
