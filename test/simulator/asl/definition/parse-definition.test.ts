import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseDefinition } from '../../../../simulator/asl/definition/parse-definition.ts';
import type { JsonObject, JsonValue } from '../../../../simulator/asl/json.ts';
import { distributed, inline, machine, task } from '../machine.ts';

const one = (state: JsonObject): JsonObject => machine('Here', { Here: state, There: { Type: 'Succeed' } });
const pass = (more: JsonObject): JsonObject => one({ Type: 'Pass', End: true, ...more });
const map = (more: JsonObject): JsonObject =>
  one({ Type: 'Map', ItemProcessor: inline('In', { In: { Type: 'Succeed' } }), End: true, ...more });
const spread = (more: JsonObject): JsonObject =>
  one({ Type: 'Map', ItemProcessor: distributed('In', { In: { Type: 'Succeed' } }), End: true, ...more });
const choice = (rule: JsonObject): JsonObject => one({ Type: 'Choice', Choices: [{ Next: 'There', ...rule }] });
const retry = (retrier: JsonObject, ...more: JsonObject[]): JsonObject =>
  one(task('f', { End: true, Retry: [{ ErrorEquals: ['E'], ...retrier }, ...more] }));

const refused: ReadonlyArray<readonly [what: string, definition: JsonValue, message: RegExp]> = [
  ['something that is no object', 'text', /^The top level, field "States": expected an object/],
  [
    'JSONata',
    machine('S', { S: { Type: 'Succeed' } }, { QueryLanguage: 'JSONata' }),
    /top level, field "QueryLanguage": expected JSONPath/,
  ],
  ['a missing entry', machine('X', { S: { Type: 'Succeed' } }), /field "StartAt": names X/],
  ['a target that does not exist', one({ Type: 'Pass', Next: 'Nowhere' }), /State "Here", field "Next": leads to Nowhere/],
  [
    'a target in another block',
    map({ ItemProcessor: inline('In', { In: { Type: 'Pass', Next: 'There' } }) }),
    /State "In", field "Next": leads to There/,
  ],
  [
    'two states of one name',
    map({ ItemProcessor: inline('There', { There: { Type: 'Succeed' } }) }),
    /State "There".*two states of this name/,
  ],
  ['a state without Next and End', one({ Type: 'Pass' }), /either Next or End/],
  ['an unknown type', one({ Type: 'Parallel' }), /field "Type": expected Task, Map/],
  ['Assign', pass({ Assign: { x: 1 } }), /State "Here", field "Assign": is outside the common core/],
  ['Arguments', one(task('f', { Arguments: {}, End: true })), /field "Arguments"/],
  ['Output', pass({ Output: {} }), /field "Output"/],
  ['ResultPath "$"', pass({ ResultPath: '$' }), /field "ResultPath": "\$" is what a missing ResultPath means/],
  ['a filter in a path', pass({ InputPath: '$.keys[?(@.a)]' }), /field "InputPath": expected a reference path/],
  ['a wildcard in a path', pass({ Parameters: { 'x.$': '$.keys[*]' } }), /field "Parameters.x.\$": expected a reference path/],
  ['another intrinsic function', pass({ Parameters: { 'x.$': 'States.UUID()' } }), /field "Parameters.x.\$"/],
  ['a field given twice', pass({ Parameters: { x: 1, 'x.$': '$.x' } }), /gives the same field twice/],
  [
    'an unknown part of the context object',
    pass({ Parameters: { 'x.$': '$$.Task.Token' } }),
    /\$\$\.Task\.Token is not in the part of the context object/,
  ],
  [
    'the Map item outside an ItemSelector',
    pass({ Parameters: { 'x.$': '$$.Map.Item.Value' } }),
    /\$\$\.Map\.Item\.Value is not in the part/,
  ],
  ['IsPresent: false', choice({ Variable: '$.x', IsPresent: false }), /field "Choices\[0\].IsPresent": expected true/],
  ['IsNull: false', choice({ Not: { Variable: '$.x', IsNull: false } }), /field "Choices\[0\].Not.IsNull": expected true/],
  ['an unknown comparison', choice({ Variable: '$.x', StringMatches: 'a*' }), /needs exactly one comparison/],
  [
    'two comparisons in one rule',
    choice({ Variable: '$.x', StringEquals: 'a', IsPresent: true }),
    /exactly one comparison of the common core, got 2/,
  ],
  ['an operand of the wrong type', choice({ Variable: '$.x', NumericEquals: '1' }), /expected a numeric, got "1"/],
  [
    'another resource',
    one(task('f', { Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', End: true })),
    /field "Resource": expected arn:aws:states:::lambda:invoke/,
  ],
  [
    'another parameter of the call',
    one(task('f', { Parameters: { FunctionName: 'f', Payload: {}, InvocationType: 'Event' }, End: true })),
    /field "Parameters.InvocationType"/,
  ],
  ['a call without payload', one(task('f', { Parameters: { FunctionName: 'f' }, End: true })), /field "Parameters.Payload": is missing/],
  ['TimeoutSeconds on a Map', map({ TimeoutSeconds: 60 }), /field "TimeoutSeconds": a Map cannot have a timeout/],
  ['a tolerated percentage', spread({ ToleratedFailurePercentage: 100 }), /field "ToleratedFailurePercentage"/],
  ['a tolerated failure inline', map({ ToleratedFailureCount: 1 }), /field "ToleratedFailureCount"/],
  ['ItemReader', spread({ ItemReader: {} }), /field "ItemReader"/],
  ['ItemBatcher', spread({ ItemBatcher: {} }), /field "ItemBatcher"/],
  ['ResultWriter', spread({ ResultWriter: {} }), /field "ResultWriter"/],
  [
    'express children',
    one({
      Type: 'Map',
      End: true,
      ItemProcessor: {
        ...distributed('In', { In: { Type: 'Succeed' } }),
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
      },
    }),
    /ExecutionType": expected STANDARD/,
  ],
  ['States.ALL beside another error', retry({ ErrorEquals: ['States.ALL', 'E'] }), /States.ALL must stand alone and last/],
  [
    'States.ALL before another retrier',
    retry({ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }),
    /field "Retry\[0\].ErrorEquals": States.ALL must stand alone and last/,
  ],
  ['an error that nothing takes', retry({ ErrorEquals: ['States.Runtime'] }), /States.Runtime ends the execution/],
  ['a backoff below 1', retry({ BackoffRate: 0.5 }), /BackoffRate": expected a number of 1 or more, got 0.5/],
  ['an unknown jitter', retry({ JitterStrategy: 'SOME' }), /JitterStrategy": expected FULL or NONE/],
  ['a Wait for two things', one({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true }), /needs exactly one of/],
  ['a Wait for part of a second', one({ Type: 'Wait', Seconds: 0.5, End: true }), /field "Seconds": expected an integer from 0/],
  ['a Fail whose cause is computed', one({ Type: 'Fail', Error: 'E', CausePath: '$.x' }), /field "CausePath"/],
];

describe('The common core', () => {
  for (const [what, definition, message] of refused) {
    it(`has no ${what}`, () => {
      assert.throws(() => parseDefinition(definition), { name: 'DefinitionRefused', message });
    });
  }

  it('names state and field in the error', () => {
    assert.throws(() => parseDefinition(pass({ Assign: {} })), { state: 'Here', field: 'Assign' });
  });

  it('takes comments everywhere, and compiles states, timeout and Map', () => {
    const definition = machine(
      'Each',
      {
        Each: {
          Comment: 'c',
          Type: 'Map',
          ItemsPath: '$.items',
          ItemProcessor: distributed('In', { In: { Comment: 'c', Type: 'Succeed' } }),
          MaxConcurrency: 4,
          ToleratedFailureCount: 9,
          Label: 'batches',
          ResultPath: null,
          End: true,
        },
      },
      { Comment: 'c', QueryLanguage: 'JSONPath', TimeoutSeconds: 60 },
    );

    const { block, timeoutSeconds } = parseDefinition(definition);

    const each = block.states.get('Each');
    assert.equal(timeoutSeconds, 60);
    assert.ok(each?.type === 'Map');
    assert.deepEqual(each.mode, { kind: 'distributed', toleratedFailureCount: 9, label: 'batches' });
    assert.deepEqual([each.maxConcurrency, each.resultPath, each.next], [4, 'discard', undefined]);
    assert.deepEqual([...each.processor.states.keys()], ['In']);
  });
});
