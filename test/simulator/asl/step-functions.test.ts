import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failing, inline, machine, run, runToEnd, STARTS_AT, started, task, world } from './machine.ts';

const waitThenCall = machine('Wait', { Wait: { Type: 'Wait', Seconds: 10, Next: 'Call' }, Call: task('f', { End: true }) });

describe('Starting an execution', () => {
  it('answers started again for the same name and input while it runs, and starts nothing', async () => {
    let calls = 0;
    const here = world(waitThenCall, async () => ++calls);
    assert.equal(await here.engine.start('run', { fleet: 'a' }), 'started');

    assert.equal(await here.engine.start('run', { fleet: 'a' }), 'started');
    await here.clock.run(started(here).done);

    assert.equal(calls, 1);
  });

  it('answers exists for the same name with another input', async () => {
    const here = world(waitThenCall);
    await here.engine.start('run', { fleet: 'a' });

    assert.equal(await here.engine.start('run', { fleet: 'b' }), 'exists');
  });

  it('answers exists for a name that has ended, even with the same input', async () => {
    const here = world(waitThenCall);
    await runToEnd(here, {});

    assert.equal(await here.engine.start('run', {}), 'exists');
  });

  it('refuses a name with a colon, as an event ARN has', async () => {
    const here = world(waitThenCall);

    await assert.rejects(here.engine.start('arn:aws', {}), /InvalidName: expected an execution name/);
    assert.equal(await here.engine.status('arn:aws'), undefined);
  });

  it('refuses an input over 256 KiB, counted in bytes and not in characters', async () => {
    const here = world(waitThenCall);

    await assert.rejects(here.engine.start('big', { text: 'é'.repeat(140_000) }), /ValidationException/);
    assert.equal(await here.engine.start('small', { text: 'e'.repeat(140_000) }), 'started');
  });
});

describe('Stopping an execution', () => {
  it('aborts it at once, enters no further state and runs no Catch, while the function in flight goes on to its end', async () => {
    const log: string[] = [];
    const definition = machine('Slow', {
      Slow: task('slow', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Report' }], Next: 'After' }),
      After: task('after', { End: true }),
      Report: task('report', { End: true }),
    });
    const here = world(definition, async (name) => {
      log.push(`${name} began`);
      await here.clock.sleep(5_000);
      log.push(`${name} ended`);
      return {};
    });
    await here.engine.start('run', {});
    await here.clock.run(here.clock.sleep(1_000));

    here.engine.stop('run');
    await here.clock.run(started(here).done);
    assert.equal(here.clock.now(), STARTS_AT + 1_000);
    await here.clock.run(here.clock.sleep(60_000));

    assert.equal(started(here).status, 'ABORTED');
    assert.deepEqual(log, ['slow began', 'slow ended']);
  });

  it('leaves an execution alone that has ended', async () => {
    const here = world(waitThenCall);
    await runToEnd(here, {});

    here.engine.stop('run');

    assert.equal(started(here).status, 'SUCCEEDED');
  });

  it('says so when there is no such execution', () => {
    assert.throws(() => world(waitThenCall).engine.stop('run'), /there is no execution "run" to stop/);
  });
});

describe('An execution', () => {
  it('times out at the top level without any Catch', async () => {
    const definition = machine(
      'Call',
      { Call: task('never', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], End: true }), Caught: { Type: 'Succeed' } },
      { TimeoutSeconds: 100 },
    );

    const end = await run(definition, {}, () => new Promise(() => undefined));

    assert.deepEqual([end.status, end.error, end.tookMs], ['TIMED_OUT', 'States.Timeout', 100_000]);
  });

  it('hands a bug in the simulator to whoever waits for it, and takes it for no failure of a task', async () => {
    const definition = machine('Call', {
      Call: task('f', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], End: true }),
      Caught: { Type: 'Succeed' },
    });

    await assert.rejects(
      run(definition, {}, async () => {
        throw new TypeError('a bug');
      }),
      /a bug/,
    );
  });

  it('bills each state entered, each retry, and every state of every iteration', async () => {
    const definition = machine('Each', {
      Each: {
        Type: 'Map',
        ItemsPath: '$.items',
        ItemProcessor: inline('One', { One: { Type: 'Pass', End: true } }),
        ResultPath: null,
        Next: 'Call',
      },
      Call: task('f', { Retry: [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 1, MaxAttempts: 3 }], End: true }),
    });

    const end = await run(definition, { items: [1, 2, 3] }, failing(2, 'Lambda.ServiceException'));

    assert.equal(end.status, 'SUCCEEDED');
    assert.equal(end.stateTransitions, 1 + 3 + 1 + 2);
  });

  it('fails when its history is full, and says so', async () => {
    const definition = machine('Again', {
      Again: { Type: 'Choice', Choices: [{ Variable: '$.go', BooleanEquals: true, Next: 'Again' }], Default: 'End' },
      End: { Type: 'Succeed' },
    });

    const end = await run(definition, { go: true });

    assert.deepEqual([end.status, end.error], ['FAILED', 'States.Runtime']);
    assert.match(end.cause ?? '', /maximum number of history events \(25000\)/);
    assert.equal(end.historyEvents, 25_000);
    assert.equal(end.stateTransitions, 12_500);
  });

  it('counts the history of a Task as Step Functions does: entered, scheduled, started, succeeded, exited', async () => {
    const end = await run(machine('Call', { Call: task('f', { End: true }) }));

    assert.equal(end.historyEvents, 2 + 5);
  });
});

describe('The unkind engine', () => {
  const loop = machine('Each', {
    Each: {
      Type: 'Map',
      ItemsPath: '$.items',
      ItemProcessor: inline('Wait', { Wait: { Type: 'Wait', Seconds: 3, Next: 'Call' }, Call: task('f', { End: true }) }),
      End: true,
    },
  });
  const timesOf = async (seed: number) => {
    const times: number[] = [];
    const here = world(
      loop,
      async () => {
        times.push(here.clock.now() - STARTS_AT);
        return null;
      },
      'unkind',
      seed,
    );
    await runToEnd(here, { items: [1, 2, 3, 4] });
    return times;
  };

  it('replays exactly under the same seed and differs under another', async () => {
    assert.deepEqual(await timesOf(7), await timesOf(7));
    assert.notDeepEqual(await timesOf(7), await timesOf(8));
  });

  it('is late for a Wait by up to a second and takes 20 to 80 ms between states', async () => {
    for (const time of await timesOf(7))
      assert.ok(time >= 3_000 + 3 * 20 && time <= 4_000 + 3 * 80, `the call came ${time} ms after the start`);
  });
});
