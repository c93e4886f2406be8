import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { machine, run } from './machine.ts';

describe('Pass, Succeed and Fail', () => {
  it('a Pass gives its Result even when that is 0, false or null', async () => {
    for (const result of [0, false, null]) {
      assert.deepEqual((await run(machine('P', { P: { Type: 'Pass', Result: result, ResultPath: '$.r', End: true } }), { x: 1 })).output, {
        x: 1,
        r: result,
      });
    }
  });

  it('a Pass renders Parameters with paths, the context object and the two intrinsic functions', async () => {
    const parameters = {
      'next.$': 'States.MathAdd($.n, -1)',
      'name.$': "States.Format('batch {} of {}', $.n, $$.Execution.Name)",
      'whole.$': '$',
      'list.$': '$.list[1]',
      'started.$': '$$.Execution.StartTime',
      fixed: { a: [1, 2] },
    };
    const end = await run(machine('P', { P: { Type: 'Pass', Parameters: parameters, End: true } }), { n: 3, list: ['a', 'b'] });

    assert.deepEqual(end.output, {
      next: 2,
      name: 'batch 3 of run',
      whole: { n: 3, list: ['a', 'b'] },
      list: 'b',
      started: '2026-10-20T07:00:00.000Z',
      fixed: { a: [1, 2] },
    });
  });

  it('a Pass may discard its result and go on with its input', async () => {
    assert.deepEqual((await run(machine('P', { P: { Type: 'Pass', Result: 1, ResultPath: null, End: true } }), { x: 1 })).output, { x: 1 });
  });

  it('InputPath and OutputPath let part of the data through, and null an empty object', async () => {
    const definition = machine('P', {
      P: { Type: 'Pass', InputPath: '$.a', OutputPath: '$.b', Next: 'S' },
      S: { Type: 'Succeed', InputPath: null },
    });

    assert.deepEqual((await run(definition, { a: { b: 1 } })).output, {});
    assert.equal((await run(definition, { a: 1 })).error, 'States.Runtime');
  });

  it('a Fail ends the execution with its error and cause', async () => {
    const end = await run(machine('F', { F: { Type: 'Fail', Error: 'FleetNotMoved', Cause: 'See the report.' } }));

    assert.deepEqual([end.status, end.error, end.cause, end.output], ['FAILED', 'FleetNotMoved', 'See the report.', undefined]);
  });

  it('a ResultPath through something that is no object fails with States.ResultPathMatchFailure', async () => {
    const end = await run(machine('P', { P: { Type: 'Pass', Result: 1, ResultPath: '$.x.y', End: true } }), { x: 'text' });

    assert.equal(end.error, 'States.ResultPathMatchFailure');
  });

  it('adding what is no integer fails with States.IntrinsicFailure, epoch milliseconds included', async () => {
    const add = machine('P', { P: { Type: 'Pass', Parameters: { 'n.$': 'States.MathAdd($.n, 1)' }, End: true } });

    for (const n of ['1', 1.5, 1_792_479_600_000]) assert.equal((await run(add, { n })).error, 'States.IntrinsicFailure');
  });

  it('an output over 256 KiB ends the execution', async () => {
    const double = machine('P', { P: { Type: 'Pass', Parameters: { 'a.$': '$', 'b.$': '$' }, End: true } });

    assert.equal((await run(double, { text: 'x'.repeat(140_000) })).error, 'States.DataLimitExceeded');
  });
});
