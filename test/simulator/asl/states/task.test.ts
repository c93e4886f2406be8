import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failing, machine, run, runToEnd, task, world } from '../machine.ts';

describe('A Task', () => {
  it('calls the function named with the payload rendered, and wraps its answer as lambda:invoke does', async () => {
    const seen: unknown[] = [];
    const definition = machine('Call', {
      Call: task('PlanFunctionArn', {
        Parameters: { FunctionName: 'PlanFunctionArn', Payload: { 'run.$': '$.run', fixed: [1, { 'name.$': '$$.Execution.Name' }] } },
        End: true,
      }),
    });

    const end = await run(definition, { run: 'r1' }, async (...call) => {
      seen.push(call);
      return { ok: true };
    });

    assert.deepEqual(seen, [['PlanFunctionArn', { run: 'r1', fixed: [1, { name: 'run' }] }, { executionName: 'run', state: 'Call' }]]);
    assert.deepEqual(end.output, {
      ExecutedVersion: '$LATEST',
      Payload: { ok: true },
      SdkHttpMetadata: { AllHttpHeaders: {}, HttpHeaders: {}, HttpStatusCode: 200 },
      SdkResponseMetadata: {},
      StatusCode: 200,
    });
  });

  it('puts a selected result beside the input', async () => {
    const definition = machine('Call', { Call: task('f', { ResultSelector: { 'n.$': '$.Payload' }, ResultPath: '$.a.b', End: true }) });

    assert.deepEqual((await run(definition, { x: 1, a: { c: 2 } }, async () => 5)).output, { x: 1, a: { c: 2, b: { n: 5 } } });
  });

  it('fails with States.Timeout when the function does not answer in time', async () => {
    const definition = machine('Call', { Call: task('f', { TimeoutSeconds: 30, End: true }) });

    const end = await run(definition, {}, () => new Promise(() => undefined));

    assert.deepEqual([end.status, end.error, end.tookMs], ['FAILED', 'States.Timeout', 30_000]);
  });

  it('fails with States.DataLimitExceeded, which nothing catches, when the answer passes 256 KiB', async () => {
    const definition = machine('Call', {
      Call: task('f', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], End: true }),
      Caught: { Type: 'Succeed' },
    });

    const end = await run(definition, {}, async () => 'x'.repeat(262_144));

    assert.deepEqual([end.status, end.error], ['FAILED', 'States.DataLimitExceeded']);
    assert.ok(end.payloadBytesMax > 262_144);
  });

  it('goes where the first Catch says that takes the error, with error and cause beside the input', async () => {
    const definition = machine('Call', {
      Call: task('f', {
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Wrong' },
          { ErrorEquals: ['Broken', 'More'], ResultPath: '$.failure', Next: 'Right' },
          { ErrorEquals: ['States.ALL'], Next: 'Wrong' },
        ],
        End: true,
      }),
      Right: { Type: 'Pass', End: true },
      Wrong: { Type: 'Fail', Error: 'Wrong' },
    });

    assert.deepEqual((await run(definition, { x: 1 }, failing(1, 'Broken'))).output, {
      x: 1,
      failure: { Error: 'Broken', Cause: 'because' },
    });
  });

  it('takes States.TaskFailed for every error but a timeout', async () => {
    const definition = machine('Call', {
      Call: task('f', { TimeoutSeconds: 1, Catch: [{ ErrorEquals: ['States.TaskFailed'], Next: 'Caught' }], End: true }),
      Caught: { Type: 'Succeed' },
    });

    assert.equal((await run(definition, {}, failing(1, 'Lambda.Unknown'))).status, 'SUCCEEDED');
    assert.equal((await run(definition, {}, () => new Promise(() => undefined))).error, 'States.Timeout');
  });
});

describe('A Retry', () => {
  const retrying = (retrier: Record<string, number | string | string[]>) =>
    machine('Call', { Call: task('f', { Retry: [{ ErrorEquals: ['E'], ...retrier }], End: true }) });

  it('waits longer each time, up to MaxDelaySeconds', async () => {
    const end = await run(retrying({ IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 10 }), {}, failing(4, 'E'));

    assert.deepEqual([end.status, end.tookMs], ['SUCCEEDED', (2 + 6 + 10 + 10) * 1_000]);
  });

  it('has the defaults of the language: one second, doubled, three times', async () => {
    const end = await run(retrying({}), {}, failing(4, 'E'));

    assert.deepEqual([end.status, end.error, end.tookMs], ['FAILED', 'E', (1 + 2 + 4) * 1_000]);
  });

  it('does not retry with MaxAttempts 0, and not an error that it does not name', async () => {
    assert.equal((await run(retrying({ MaxAttempts: 0 }), {}, failing(1, 'E'))).status, 'FAILED');
    assert.equal((await run(retrying({}), {}, failing(1, 'Other'))).tookMs, 0);
  });

  it('counts the attempts of each retrier on its own', async () => {
    let calls = 0;
    const definition = machine('Call', {
      Call: task('f', {
        Retry: [
          { ErrorEquals: ['A'], MaxAttempts: 2 },
          { ErrorEquals: ['B'], MaxAttempts: 2 },
        ],
        End: true,
      }),
    });
    const end = await run(definition, {}, async (...call) => failing(calls < 4 ? 1 : 0, ['A', 'B'][calls++ % 2] ?? '')(...call));

    assert.deepEqual([end.status, calls], ['SUCCEEDED', 5]);
  });

  it('draws full jitter below the interval, another one for each seed', async () => {
    const took = async (seed: number) =>
      (await runToEnd(world(retrying({ IntervalSeconds: 100, JitterStrategy: 'FULL' }), failing(1, 'E'), 'none', seed))).tookMs;

    const first = await took(1);
    assert.ok(first >= 0 && first < 100_000, `waited ${first} ms`);
    assert.notEqual(first, await took(2));
    assert.equal(first, await took(1));
  });
});
