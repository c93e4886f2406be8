import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TaskFailure } from '../../../simulator/asl/failure.ts';
import { VirtualClock } from '../../../simulator/clock/virtual-clock.ts';
import { type FunctionSpec, Lambda } from '../../../simulator/lambda/lambda.ts';
import { Seeded } from '../../../simulator/random/seeded.ts';

const STARTS_AT = Date.parse('2026-10-20T07:00:00Z');

const world = (spec: Partial<FunctionSpec>, seed = 1) => {
  const clock = new VirtualClock(STARTS_AT);
  const lambda = new Lambda({ clock, random: new Seeded(seed) });
  lambda.register('f', { createInstance: () => async (event) => event, timeoutSeconds: 30, memoryMb: 512, ...spec });
  const took = async (work: Promise<unknown>): Promise<number> => {
    const before = clock.now();
    await clock.run(work);
    return clock.now() - before;
  };
  return { clock, lambda, took };
};

/** What a function failed with. */
const failureOf = async (clock: VirtualClock, work: Promise<unknown>): Promise<TaskFailure> =>
  clock.run(
    work.then(
      () => assert.fail('the function answered'),
      (thrown) => thrown,
    ),
  );

describe('Lambda', () => {
  it('starts cold once, then uses the instance that is idle', async () => {
    const { lambda, took } = world({});

    const cold = await took(lambda.invoke('f', 1));
    const warm = await took(lambda.invoke('f', 2));

    assert.ok(cold >= 500 && cold <= 1_800, `cold start took ${cold} ms`);
    assert.ok(warm >= 20 && warm <= 150, `warm start took ${warm} ms`);
    assert.equal(lambda.counts().get('f')?.coldStarts, 1);
  });

  it('starts one instance for each invocation at the same time, and reuses the one used last', async () => {
    const numbers: number[] = [];
    const { clock, lambda } = world({
      createInstance: (instance) => async (event) => {
        numbers.push(instance.number);
        await instance.clock.sleep(Number(event));
        return instance.number;
      },
    });
    const [, slow] = await clock.run(Promise.all([lambda.invoke('f', 1_000), lambda.invoke('f', 20_000)]));

    const next = await clock.run(lambda.invoke('f', 0));

    assert.deepEqual(numbers.slice(0, 2).sort(), [1, 2]);
    assert.equal(next, slow);
    assert.equal(lambda.counts().get('f')?.coldStarts, 2);
  });

  it('passes event and answer as JSON: no object is shared, and no answer is null', async () => {
    const kept: object[] = [];
    const { clock, lambda } = world({
      createInstance: () => async (event) => {
        kept.push(event as object);
        return kept.length > 1 ? undefined : { event, gone: undefined, at: new Date(0) };
      },
    });
    const payload = { a: [1] };

    assert.deepEqual(await clock.run(lambda.invoke('f', payload)), { event: { a: [1] }, at: '1970-01-01T00:00:00.000Z' });
    assert.equal(await clock.run(lambda.invoke('f', payload)), null);
    assert.notEqual(kept[0], payload);
  });

  it('gives each function a clock that is off by at most 200 ms, the same for all its instances', async () => {
    const { clock, lambda } = world({ createInstance: (instance) => async () => instance.clock.now() - clock.now() });

    const [first, second] = await clock.run(Promise.all([lambda.invoke('f', 1), lambda.invoke('f', 2)]));

    assert.equal(first, second);
    assert.notEqual(first, 0);
    assert.ok(Math.abs(Number(first)) <= 200, `off by ${first} ms`);
  });

  it('fails with the name of the error thrown and a cause in JSON, and keeps the instance', async () => {
    const { clock, lambda } = world({
      createInstance: () => async () => {
        throw new RangeError('too many');
      },
    });

    const failure = await failureOf(clock, lambda.invoke('f', 1));
    await failureOf(clock, lambda.invoke('f', 1));

    assert.equal(failure.error, 'RangeError');
    assert.deepEqual(JSON.parse(failure.cause), { errorType: 'RangeError', errorMessage: 'too many', trace: [] });
    assert.deepEqual([lambda.counts().get('f')?.errors, lambda.counts().get('f')?.coldStarts], [2, 1]);
  });

  it('fails with the error of a cold start, and starts the next invocation cold again', async () => {
    const { clock, lambda } = world({
      createInstance: ({ number }) => {
        if (number === 1) throw new TypeError('no setting FLEETS');
        return async () => 'up';
      },
    });

    assert.equal((await failureOf(clock, lambda.invoke('f', 1))).error, 'TypeError');
    assert.equal(await clock.run(lambda.invoke('f', 1)), 'up');
  });

  it('times out as Lambda.Unknown; the instance is dead, and nothing it waits for comes back to its code', async () => {
    const log: string[] = [];
    const { clock, lambda } = world({
      timeoutSeconds: 10,
      createInstance: (instance) => async () => {
        log.push(`instance ${instance.number} began`);
        await instance.clock.sleep(60_000);
        log.push('woke up');
      },
    });

    const failure = await failureOf(clock, lambda.invoke('f', 1));
    await failureOf(clock, lambda.invoke('f', 1));
    await clock.run(clock.sleep(3_600_000));

    assert.equal(failure.error, 'Lambda.Unknown');
    assert.match(failure.cause, /Task timed out after 10.00 seconds/);
    assert.deepEqual(log, ['instance 1 began', 'instance 2 began']);
    assert.equal(lambda.counts().get('f')?.timeouts, 2);
  });

  it('bills the cold start and each millisecond of the code by the memory', async () => {
    const { lambda, took } = world({ memoryMb: 2_048, createInstance: (instance) => () => instance.clock.sleep(1_500) });

    const tookMs = await took(lambda.invoke('f', 1));
    const { gbSeconds, longestMs, invocations } = lambda.counts().get('f') ?? assert.fail('no counts');

    assert.ok(Math.abs(gbSeconds - (2 * tookMs) / 1_000) < 1e-9);
    assert.deepEqual([longestMs, invocations], [1_500, 1]);
  });

  it('refuses a function that it does not know, as no failure of a task', async () => {
    const { lambda } = world({});

    await assert.rejects(lambda.invoke('g', 1), { name: 'Error', message: /no function g; registered are f/ });
    assert.throws(
      () => lambda.register('f', { createInstance: () => async () => 1, timeoutSeconds: 1, memoryMb: 128 }),
      /already a function f/,
    );
  });
});
