import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TaskFailure } from '../../../../simulator/asl/failure.ts';
import type { JsonObject, JsonValue } from '../../../../simulator/asl/json.ts';
import { distributed, inline, machine, run, runToEnd, started, task, world } from '../machine.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const over = (processor: JsonObject, more: JsonObject = {}): JsonObject =>
  machine('Each', {
    Each: { Type: 'Map', ItemsPath: '$.items', ItemProcessor: processor, End: true, ...more },
    Caught: { Type: 'Pass', End: true },
  });
const catchAll = { Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: 'Caught' }] };

/** A function that takes item seconds, counts how many run at once, and fails for the items given. */
const timed = (bad: readonly number[] = []) => {
  const seen = { calls: [] as JsonValue[], atOnce: 0, atOnceMax: 0, sleep: async (_: number) => undefined as unknown };
  const invoke = async (_: string, item: JsonValue): Promise<JsonValue> => {
    seen.calls.push(item);
    seen.atOnce += 1;
    seen.atOnceMax = Math.max(seen.atOnceMax, seen.atOnce);
    await seen.sleep(Number(item) * 1_000);
    seen.atOnce -= 1;
    if (bad.includes(Number(item))) throw new TaskFailure('Broken', `item ${item}`);
    return { item };
  };
  return { seen, invoke };
};
const runTimed = async (definition: JsonObject, items: readonly number[], bad: readonly number[] = []) => {
  const { seen, invoke } = timed(bad);
  const here = world(definition, invoke);
  seen.sleep = (ms) => here.clock.sleep(ms);
  const end = await runToEnd(here, { items });
  await here.clock.run(here.clock.sleep(3_600_000));
  return { end, seen };
};
const call = { Call: task('f', { ResultSelector: { 'item.$': '$.Payload.item' }, End: true }) };
const callThenMore = { Call: task('f', { ResultPath: null, Next: 'More' }), More: task('more', { End: true }) };

describe('An inline Map', () => {
  it('gives the outputs in the order of the items, however long each takes', async () => {
    const { end } = await runTimed(over(inline('Call', call)), [3, 1, 2]);

    assert.deepEqual(end.output, [{ item: 3 }, { item: 1 }, { item: 2 }]);
    assert.equal(end.tookMs, 3_000);
  });

  it('runs at most forty iterations at once, whatever MaxConcurrency says', async () => {
    const { seen } = await runTimed(over(inline('Call', call), { MaxConcurrency: 1_000 }), numbers(100));

    assert.equal(seen.atOnceMax, 40);
  });

  it('reads MaxConcurrencyPath', async () => {
    const { seen } = await runTimed(over(inline('Call', call), { MaxConcurrencyPath: '$.items[0]' }), [2, 1, 1, 1]);

    assert.equal(seen.atOnceMax, 2);
  });

  it('fails with the first failing iteration; its siblings enter no further state and no further item starts', async () => {
    const { end, seen } = await runTimed(over(inline('Call', callThenMore), { MaxConcurrency: 3, ...catchAll }), [3, 1, 2, 4, 5], [1]);

    assert.equal(end.status, 'SUCCEEDED');
    assert.deepEqual(end.output, { items: [3, 1, 2, 4, 5], caught: { Error: 'Broken', Cause: 'item 1' } });
    assert.deepEqual(seen.calls, [3, 1, 2]);
  });

  it('runs all its items again on a retry', async () => {
    const { end, seen } = await runTimed(
      over(inline('Call', call), { Retry: [{ ErrorEquals: ['Broken'], IntervalSeconds: 1, MaxAttempts: 1 }] }),
      [1, 2],
      [2],
    );

    assert.deepEqual([end.status, end.error], ['FAILED', 'Broken']);
    assert.deepEqual(seen.calls, [1, 2, 1, 2]);
  });

  it('gives an ItemSelector the item, its index and the input of the Map', async () => {
    const selector = { 'value.$': '$$.Map.Item.Value', 'at.$': '$$.Map.Item.Index', 'run.$': '$.run', 'state.$': '$$.State.Name' };
    const end = await run(over(inline('One', { One: { Type: 'Pass', End: true } }), { ItemSelector: selector }), { items: ['a'], run: 7 });

    assert.deepEqual(end.output, [{ value: 'a', at: 0, run: 7, state: 'Each' }]);
  });

  it('succeeds over no items at all', async () => {
    assert.deepEqual((await run(over(inline('Call', call)), { items: [] })).output, []);
  });

  it('ends the execution with States.Runtime, which nothing catches, when there is no array', async () => {
    const end = await run(over(inline('Call', call), catchAll), { items: 'none' });

    assert.deepEqual([end.status, end.error], ['FAILED', 'States.Runtime']);
  });

  it('ends the whole execution when a path in an iteration selects nothing', async () => {
    const end = await run(over(inline('Call', { Call: task('f', { ResultSelector: { 'x.$': '$.Payload.x' }, End: true }) }), catchAll), {
      items: [1],
    });

    assert.deepEqual([end.status, end.error], ['FAILED', 'States.Runtime']);
  });

  it('fails when its collected results pass 256 KiB, although ResultPath would have discarded them', async () => {
    const wide = over(inline('Call', { Call: task('f', { ResultSelector: { 'text.$': '$.Payload' }, End: true }) }), {
      ResultPath: null,
      ...catchAll,
    });
    const end = await run(wide, { items: numbers(30) }, async () => 'x'.repeat(10_000));

    assert.deepEqual([end.status, end.error], ['FAILED', 'States.DataLimitExceeded']);
    assert.match(end.cause ?? '', /collected result of state "Each" is 3\d{5} bytes/);
  });

  it('shares the history of its execution among the iterations', async () => {
    const end = await run(over(inline('One', { One: { Type: 'Pass', End: true } })), { items: numbers(100) });

    assert.equal(end.historyEvents, 2 + 4 + 100 * (2 + 2));
  });
});

describe('A distributed Map', () => {
  it('runs each item as an execution with a name, an input and a history of its own', async () => {
    const names = { 'name.$': '$$.Execution.Name', 'id.$': '$$.Execution.Id', 'input.$': '$$.Execution.Input' };
    const end = await run(over(distributed('One', { One: { Type: 'Pass', Parameters: names, End: true } }), { Label: 'batches' }), {
      items: [{ n: 1 }, { n: 2 }],
    });

    assert.ok(Array.isArray(end.output) && end.output.length === 2);
    const [first, second] = end.output as { name: string; id: string; input: JsonValue }[];
    assert.match(first?.id ?? '', /:execution:failover\/batches:[0-9a-f]{32}$/);
    assert.notEqual(first?.name, second?.name);
    assert.deepEqual([first?.input, second?.input], [{ n: 1 }, { n: 2 }]);
    assert.deepEqual([end.children, end.historyEvents, end.stateTransitions], [2, 2 + 6, 1 + 2]);
  });

  it('runs more than forty children at once', async () => {
    const { seen } = await runTimed(over(distributed('Call', call)), numbers(100));

    assert.equal(seen.atOnceMax, 100);
  });

  it('tolerates as many failed children as it says, and leaves their outputs out', async () => {
    const { end } = await runTimed(over(distributed('Call', call), { ToleratedFailureCount: 2 }), [1, 2, 3, 4], [1, 3]);

    assert.equal(end.status, 'SUCCEEDED');
    assert.deepEqual(end.output, [{ item: 2 }, { item: 4 }]);
  });

  it('fails past that, and the other children enter no further state', async () => {
    const { end, seen } = await runTimed(over(distributed('Call', callThenMore), { MaxConcurrency: 3, ...catchAll }), [3, 1, 2, 4], [1]);

    assert.match(JSON.stringify(end.output), /States.ExceedToleratedFailureThreshold.*1 children failed, at most 0 may.*Broken: item 1/);
    assert.deepEqual(seen.calls, [3, 1, 2]);
  });

  it('keeps a child that dies of States.Runtime away from its neighbours', async () => {
    const pick = { Pick: { Type: 'Pass', Parameters: { 'x.$': '$.x' }, End: true } };
    const end = await run(over(distributed('Pick', pick), { ToleratedFailureCount: 100 }), { items: [{ x: 1 }, {}, { x: 3 }] });

    assert.deepEqual(end.output, [{ x: 1 }, { x: 3 }]);
  });

  it('ends its children when the execution is stopped', async () => {
    const { seen, invoke } = timed();
    const here = world(over(distributed('Call', callThenMore)), invoke);
    seen.sleep = (ms) => here.clock.sleep(ms);
    await here.engine.start('run', { items: [1, 5, 9] });
    await here.clock.run(here.clock.sleep(3_500));
    const before = [...seen.calls];

    here.engine.stop('run');
    await here.clock.run(here.clock.sleep(3_600_000));

    assert.equal(started(here).status, 'ABORTED');
    assert.deepEqual(seen.calls, before);
  });

  it('nests: a child may run a distributed Map of its own', async () => {
    const inner = {
      Inner: {
        Type: 'Map',
        ItemsPath: '$.batches',
        ItemProcessor: distributed('One', { One: { Type: 'Pass', Result: 1, End: true } }),
        ResultPath: null,
        Next: 'Done',
      },
      Done: { Type: 'Pass', Result: { done: true }, End: true },
    };
    const end = await run(over(distributed('Inner', inner)), { items: [{ batches: [1, 2] }, { batches: [3] }] });

    assert.deepEqual(end.output, [{ done: true }, { done: true }]);
    assert.equal(end.children, 2 + 3);
  });
});
