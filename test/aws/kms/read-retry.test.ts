import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReadRetry } from '../../../aws/kms/read-retry.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import type { Interference } from '../../../simulator/faults/kms-fault.ts';
import { SOURCE } from '../../simulator/kms/kms-world.ts';
import { faultOn, keyAt, refusal, simulated } from '../../support/kms.ts';

const worldWhere = (interference: (nth: number) => Interference | undefined) =>
  simulated({ makeFaults: () => [faultOn('DescribeKey', interference)] });

const passing: ReadonlyArray<readonly [title: string, interference: Interference]> = [
  ['a throttled read', refusal('ThrottlingException')],
  ['a read that KMS failed at inside', refusal('KMSInternalException', 500)],
  ['a read that timed out inside KMS', refusal('DependencyTimeoutException', 500)],
  ['a read that was not answered', { kind: 'silence' }],
];

describe('Reads of KMS', () => {
  for (const [title, interference] of passing) {
    it(`are repeated once: ${title} succeeds at the second attempt`, async () => {
      const { world, kms } = worldWhere((nth) => (nth === 1 ? interference : undefined));

      const reply = await world.run(kms.describe(keyAt(world.key(), SOURCE)));

      assert.equal(reply.kind, 'seen');
      assert.equal(world.kms.counts().calls.DescribeKey, 2);
    });

    it(`are repeated once and no more: ${title} twice is a failure`, async () => {
      const { world, kms } = worldWhere(() => interference);

      const reply = await world.run(kms.describe(keyAt(world.key(), SOURCE)));

      assert.equal(reply.kind, 'failure');
      assert.equal(world.kms.counts().calls.DescribeKey, 2);
    });
  }

  for (const name of ['NotFoundException', 'AccessDeniedException', 'InvalidArnException'] as const) {
    it(`are not repeated after ${name}, which would be the same again`, async () => {
      const { world, kms } = worldWhere(() => refusal(name));

      const reply = await world.run(kms.describe(keyAt(world.key(), SOURCE)));

      assert.equal(reply.kind === 'failure' && reply.errorName, name);
      assert.equal(world.kms.counts().calls.DescribeKey, 1);
    });
  }

  it('pause before the second attempt by the clock that they were given, for 300 ms at most', async () => {
    const { world, kms } = worldWhere((nth) => (nth === 1 ? refusal('ThrottlingException') : undefined));
    const keyId = world.key();
    const startedAt = world.clock.now();

    await world.run(kms.describe(keyAt(keyId, SOURCE)));

    const pauseMs = world.clock.now() - startedAt;
    assert.ok(pauseMs > 0 && pauseMs <= 300, String(pauseMs));
  });

  it('have their second attempt also when a thousand calls failed before: no budget runs dry in an outage', async () => {
    const { world, kms } = worldWhere((nth) => (nth <= 1_000 ? refusal('KMSInternalException', 500) : undefined));
    const keyId = world.key();

    for (let call = 0; call < 500; call += 1) assert.equal((await world.run(kms.describe(keyAt(keyId, SOURCE)))).kind, 'failure');
    const reply = await world.run(kms.describe(keyAt(keyId, SOURCE)));

    assert.equal(world.kms.counts().calls.DescribeKey, 1_001);
    assert.equal(reply.kind, 'seen');
  });
});

describe('The strategy behind them', () => {
  it('asks the SDK for no pause of its own, which real timers would measure', async () => {
    const clock = new VirtualClock(0);
    const retry = new ReadRetry(clock, { uniform: () => 0.5 });

    const second = await clock.run(retry.refreshRetryTokenForRetry(await retry.acquireInitialRetryToken(), { errorType: 'TRANSIENT' }));

    assert.deepEqual([second.getRetryCount(), second.getRetryDelay(), clock.now()], [1, 0, 150]);
  });
});
