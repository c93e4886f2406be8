import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { classifyFailure } from '../../../core/key/failure.ts';
import { SOURCE, STARTS_AT, TARGET } from '../kms/kms-world.ts';
import { ended, worldWith } from './fault-world.ts';

/** The code and name that a call failed with. */
const failureOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'answered',
    ({ name, code }: { readonly name: string; readonly code?: string }) => ({ name, code }),
  );

describe('Faults of the connection, in process', () => {
  for (const { text, name, code } of [
    { text: 'connection-refused,rate=100%', name: 'Error', code: 'ECONNREFUSED' },
    { text: 'dns-failure,rate=100%', name: 'Error', code: 'ENOTFOUND' },
    { text: 'tls-failure,rate=100%', name: 'Error', code: 'CERT_HAS_EXPIRED' },
  ]) {
    it(`${text} fails with ${code} at once in the source Region, does nothing there, and leaves the target alone`, async () => {
      const { world, keyIds } = worldWith([text], { keyCount: 1 });
      const KeyId = keyIds[0] ?? '';

      assert.deepEqual(await failureOf(world.promote(KeyId)), { name, code });
      assert.equal(world.clock.now(), STARTS_AT);
      assert.equal(world.kms.truth().promotionsAccepted, 0);
      assert.equal(await ended(world.run(world.at(TARGET).describeKey({ KeyId }))), 'ok');
      assert.equal(classifyFailure(code, '').code, 'unreachable');
    });
  }

  it('connection-reset carries the call out and then fails with ECONNRESET, which the SDK calls a TimeoutError', async () => {
    const { world, keyIds } = worldWith(['connection-reset,rate=100%'], { keyCount: 1 });

    assert.deepEqual(await failureOf(world.promote(keyIds[0] ?? '')), { name: 'TimeoutError', code: 'ECONNRESET' });
    assert.equal(world.clock.now(), STARTS_AT);
    assert.equal(world.kms.truth().promotionsAccepted, 1);
    assert.equal(classifyFailure('ECONNRESET', '').code, 'unreachable');
  });

  it('hang does nothing and lets the client wait for the whole of its timeout', async () => {
    const { world, keyIds } = worldWith(['hang,rate=100%'], { keyCount: 1 });

    assert.deepEqual(await failureOf(world.promote(keyIds[0] ?? '')), { name: 'TimeoutError', code: 'ETIMEDOUT' });
    assert.equal(world.clock.now(), STARTS_AT + 3_000);
    await world.pass(600_000);
    assert.equal(world.kms.truth().promotionsAccepted, 0);
  });

  it('strikes the share of calls that it is asked to', async () => {
    const { world, keyIds } = worldWith(['connection-reset,rate=20%'], { keyCount: 1 });
    const reads = Array.from({ length: 1_000 }, () => ended(world.at(SOURCE).describeKey({ KeyId: keyIds[0] })));

    const lost = (await world.run(Promise.all(reads))).filter((ending) => ending !== 'ok').length;

    assert.ok(Math.abs(lost - 200) < 45, String(lost));
    assert.equal(world.kms.counts().faults['connection-reset'], lost);
  });
});
