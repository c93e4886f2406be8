import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject, JsonValue } from '../../../../simulator/asl/json.ts';
import { machine, run } from '../machine.ts';

const asks = async (rule: JsonObject, data: JsonValue, more: JsonObject = {}): Promise<JsonValue | undefined> => {
  const definition = machine('Ask', {
    Ask: { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], Default: 'No' },
    Yes: { Type: 'Pass', Result: true, End: true },
    No: { Type: 'Pass', Result: false, End: true },
  });
  const end = await run(definition, { x: data, ...more });
  return end.output ?? end.error;
};

const EARLY = '2026-10-20T07:00:00Z';
const LATE = '2026-10-20T09:00:00+00:30';

const cases: ReadonlyArray<{ readonly name: string; readonly rule: JsonObject; readonly yes: JsonValue; readonly no: JsonValue }> = [
  { name: 'StringEquals', rule: { StringEquals: 'a' }, yes: 'a', no: 'b' },
  { name: 'StringLessThan', rule: { StringLessThan: 'b' }, yes: 'a', no: 'b' },
  { name: 'NumericEquals', rule: { NumericEquals: 3 }, yes: 3, no: '3' },
  { name: 'NumericLessThan', rule: { NumericLessThan: 3 }, yes: 2, no: 3 },
  { name: 'NumericLessThanEquals', rule: { NumericLessThanEquals: 3 }, yes: 3, no: 4 },
  { name: 'NumericGreaterThan', rule: { NumericGreaterThan: 3 }, yes: 4, no: 3 },
  { name: 'NumericGreaterThanEquals', rule: { NumericGreaterThanEquals: 3 }, yes: 3, no: 2 },
  { name: 'BooleanEquals false', rule: { BooleanEquals: false }, yes: false, no: 0 },
  { name: 'TimestampEquals over zones', rule: { TimestampEquals: LATE }, yes: '2026-10-20T08:30:00Z', no: EARLY },
  { name: 'TimestampGreaterThan', rule: { TimestampGreaterThan: EARLY }, yes: LATE, no: EARLY },
  { name: 'IsNull', rule: { IsNull: true }, yes: null, no: 0 },
];

describe('A Choice', () => {
  for (const { name, rule, yes, no } of cases) {
    it(`decides ${name}`, async () => {
      assert.equal(await asks({ Variable: '$.x', ...rule }, yes), true);
      assert.equal(await asks({ Variable: '$.x', ...rule }, no), false);
    });
  }

  it('compares two paths, and the context object too', async () => {
    assert.equal(await asks({ Variable: '$.x', NumericLessThanPath: '$.most' }, 1, { most: 2 }), true);
    assert.equal(await asks({ Variable: '$.x', TimestampLessThanPath: '$$.State.EnteredTime' }, LATE), false);
    assert.equal(await asks({ Variable: '$.x', StringEqualsPath: '$$.Execution.Name' }, 'run'), true);
  });

  it('combines rules with And, Or and Not, and looks no further than it must', async () => {
    const small = { Variable: '$.x', NumericLessThan: 3 };
    const missing = { Variable: '$.missing', NumericLessThan: 3 };

    assert.equal(await asks({ And: [small, { Not: { Variable: '$.x', NumericEquals: 1 } }] }, 2), true);
    assert.equal(await asks({ And: [small, { Not: { Variable: '$.x', NumericEquals: 1 } }] }, 1), false);
    assert.equal(await asks({ Or: [small, missing] }, 2), true);
    assert.equal(await asks({ And: [{ Variable: '$.missing', IsPresent: true }, missing] }, 2), false);
  });

  it('ends the execution with States.Runtime when it looks at nothing', async () => {
    assert.equal(await asks({ Variable: '$.missing', NumericEquals: 1 }, 1), 'States.Runtime');
    assert.equal(await asks({ Variable: '$.x', NumericEqualsPath: '$.missing' }, 1), 'States.Runtime');
  });

  it('ends the execution with States.Runtime when a path leads to an operand of another type', async () => {
    assert.equal(await asks({ Variable: '$.x', NumericEqualsPath: '$.most' }, 1, { most: 'a' }), 'States.Runtime');
  });

  it('fails with States.NoChoiceMatched when nothing holds and there is no Default', async () => {
    const definition = machine('Ask', {
      Ask: { Type: 'Choice', Choices: [{ Variable: '$.x', NumericEquals: 1, Next: 'Yes' }] },
      Yes: { Type: 'Succeed' },
    });

    assert.equal((await run(definition, { x: 2 })).error, 'States.NoChoiceMatched');
  });
});
