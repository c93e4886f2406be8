import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../../simulator/asl/json.ts';
import { lintDefinition } from '../../../statemachine/lint/lint.ts';

const CATCH = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.failure', Next: 'Failed' }];
const RETRY = { ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 1, MaxAttempts: 3, MaxDelaySeconds: 10, JitterStrategy: 'FULL' };
const TASK: JsonObject = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: 'f', 'Payload.$': '$' },
  ResultPath: null,
  TimeoutSeconds: 40,
  Retry: [RETRY],
  Catch: CATCH,
  Next: 'Done',
};
const ENDS: JsonObject = { Done: { Type: 'Succeed' }, Failed: { Type: 'Fail', Error: 'RunFailed', Cause: 'See the report.' } };

const withTask = (changes: JsonObject, without: readonly string[] = []): JsonObject => {
  const call = Object.fromEntries(Object.entries({ ...TASK, ...changes }).filter(([field]) => !without.includes(field)));
  return { StartAt: 'Call', TimeoutSeconds: 3_600, States: { Call: call, ...ENDS } };
};

const CHILD: JsonObject = {
  StartAt: 'Work',
  ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
  States: { Work: { ...TASK, Catch: [], Next: 'End' }, End: { Type: 'Pass', Result: 1, End: true } },
};
const withMap = (changes: JsonObject, processor: JsonObject = CHILD, without: readonly string[] = []): JsonObject => {
  const each = {
    Type: 'Map',
    ItemsPath: '$.batches',
    ItemProcessor: processor,
    MaxConcurrency: 4,
    ToleratedFailureCount: 1_000_000,
    ResultPath: null,
    Next: 'Done',
    ...changes,
  };
  const kept = Object.fromEntries(Object.entries(each).filter(([field]) => !without.includes(field)));
  return { StartAt: 'Each', TimeoutSeconds: 3_600, States: { Each: kept, Done: { Type: 'Succeed' } } };
};
const endingIn = (states: JsonObject): JsonObject => ({ ...CHILD, States: { Work: { ...TASK, Catch: [], Next: 'End' }, ...states } });

const loop = (wait: JsonObject, choice: JsonObject): JsonObject => ({
  StartAt: 'Poll',
  TimeoutSeconds: 3_600,
  States: { Poll: { ...TASK, Next: 'Ask' }, Ask: choice, Pause: wait, ...ENDS },
});
const ASK: JsonObject = { Type: 'Choice', Choices: [{ Variable: '$.settled', BooleanEquals: true, Next: 'Done' }], Default: 'Pause' };
const PAUSE: JsonObject = { Type: 'Wait', Seconds: 3, Next: 'Poll' };

const lint = (definition: unknown, retryExceptions: readonly string[] = []) =>
  lintDefinition(definition, { functionTimeoutSeconds: { f: 30 }, retryExceptions });

const cases: ReadonlyArray<{ readonly rule: string; readonly what: string; readonly bad: JsonObject; readonly message: RegExp }> = [
  { rule: 'common-core', what: 'JSONata', bad: { ...withTask({}), QueryLanguage: 'JSONata' }, message: /QueryLanguage/ },
  { rule: 'top-timeout', what: 'an execution without a timeout', bad: { StartAt: 'Done', States: ENDS }, message: /could run for a year/ },
  {
    rule: 'task-timeout',
    what: 'a Task without a timeout',
    bad: withTask({}, ['TimeoutSeconds']),
    message: /"Call" has no TimeoutSeconds/,
  },
  {
    rule: 'task-timeout',
    what: 'a Task that gives up with its function',
    bad: withTask({ TimeoutSeconds: 30 }),
    message: /expected more than the 30 seconds/,
  },
  {
    rule: 'task-timeout',
    what: 'a function that nobody knows',
    bad: withTask({ Parameters: { FunctionName: 'g', 'Payload.$': '$' } }),
    message: /calls g, and nobody says/,
  },
  { rule: 'no-map-timeout', what: 'a timeout on a Map', bad: withMap({ TimeoutSeconds: 60 }), message: /which Step Functions refuses/ },
  {
    rule: 'retry-errors',
    what: 'a Retry of a domain error',
    bad: withTask({ Retry: [{ ...RETRY, ErrorEquals: ['PrimaryUnreachable'] }] }),
    message: /retries PrimaryUnreachable/,
  },
  {
    rule: 'retry-errors',
    what: 'a Retry of everything',
    bad: withTask({ Retry: [{ ...RETRY, ErrorEquals: ['States.ALL'] }] }),
    message: /retries States.ALL/,
  },
  {
    rule: 'retry-bounds',
    what: 'a Retry without a bound',
    bad: withTask({ Retry: [{ ErrorEquals: ['Lambda.ServiceException'], JitterStrategy: 'FULL', MaxAttempts: 3 }] }),
    message: /no MaxDelaySeconds in Retry\[0\]/,
  },
  {
    rule: 'retry-bounds',
    what: 'a Retry without jitter',
    bad: withTask({ Retry: [{ ...RETRY, JitterStrategy: 'NONE' }] }),
    message: /no JitterStrategy FULL/,
  },
  {
    rule: 'backoff-rate',
    what: 'a shrinking wait',
    bad: withTask({ Retry: [{ ...RETRY, BackoffRate: 0.5 }] }),
    message: /BackoffRate 0.5; expected 1 or more/,
  },
  {
    rule: 'states-all-last',
    what: 'States.ALL before others',
    bad: withTask({ Catch: [...CATCH, { ErrorEquals: ['E'], Next: 'Failed' }] }),
    message: /States.ALL in Catch\[0\]/,
  },
  {
    rule: 'states-all-last',
    what: 'States.ALL beside others',
    bad: withTask({ Catch: [{ ErrorEquals: ['States.ALL', 'E'], Next: 'Failed' }] }),
    message: /alone and last/,
  },
  { rule: 'catch', what: 'a Task without a Catch', bad: withTask({}, ['Catch']), message: /no Catch for States.ALL/ },
  {
    rule: 'catch',
    what: 'a Task that catches one error only',
    bad: withTask({ Catch: [{ ErrorEquals: ['E'], Next: 'Failed' }] }),
    message: /no Catch for States.ALL/,
  },
  {
    rule: 'catch',
    what: 'a Task in a Map that tolerates nothing',
    bad: withMap({ ToleratedFailureCount: 0 }),
    message: /"Work" has no Catch/,
  },
  {
    rule: 'map-bounds',
    what: 'a distributed Map without a tolerance',
    bad: withMap({}, CHILD, ['ToleratedFailureCount']),
    message: /no ToleratedFailureCount/,
  },
  {
    rule: 'map-bounds',
    what: 'a distributed Map without a bound',
    bad: withMap({}, CHILD, ['MaxConcurrency']),
    message: /neither MaxConcurrency nor/,
  },
  {
    rule: 'constant-end',
    what: 'a Map that keeps its results',
    bad: withMap({ ResultPath: '$.results' }),
    message: /keeps the results of its items/,
  },
  {
    rule: 'constant-end',
    what: 'children that end with all they have',
    bad: withMap({}, { ...CHILD, States: { Work: { ...TASK, Catch: [], Next: 'End' }, End: { Type: 'Wait', Seconds: 3, End: true } } }),
    message: /ends its items in End/,
  },
  {
    rule: 'constant-end',
    what: 'children that end in a large constant',
    bad: withMap({}, endingIn({ End: { Type: 'Pass', Result: 'x'.repeat(127), End: true } })),
    message: /at most 128 bytes/,
  },
  {
    rule: 'constant-end',
    what: 'children that succeed with all they have',
    bad: withMap({}, endingIn({ End: { Type: 'Succeed' } })),
    message: /ends its items in End/,
  },
  {
    rule: 'loop-exit',
    what: 'a loop without a Wait',
    bad: loop({ Type: 'Pass', Next: 'Poll' }, ASK),
    message: /loop without a Wait: Poll → Ask → Pause → Poll/,
  },
  {
    rule: 'loop-exit',
    what: 'a loop that no Choice can leave',
    bad: loop(PAUSE, { Type: 'Pass', Next: 'Pause' }),
    message: /loop that no Choice can leave/,
  },
  {
    rule: 'loop-exit',
    what: 'a loop over a Catch',
    bad: withTask({ Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Call' }] }),
    message: /loop without a Wait: Call → Call/,
  },
];

const goods: ReadonlyArray<readonly [what: string, definition: JsonObject]> = [
  ['a Task with timeout, bounded retries and a Catch', withTask({})],
  ['a Task without retries', withTask({}, ['Retry'])],
  ['a distributed Map that bears failures, with children that end in a constant', withMap({})],
  [
    'children that succeed after a constant',
    withMap({}, endingIn({ End: { Type: 'Pass', Result: 1, Next: 'Good' }, Good: { Type: 'Succeed' } })),
  ],
  ['children that succeed with nothing', withMap({}, endingIn({ End: { Type: 'Succeed', OutputPath: null } }))],
  ['children that fail', withMap({}, endingIn({ End: { Type: 'Fail', Error: 'E' } }))],
  ['MaxConcurrencyPath', withMap({ MaxConcurrencyPath: '$.most' }, CHILD, ['MaxConcurrency'])],
  [
    'a Task in a Map that goes on elsewhere when it fails',
    withMap({ ToleratedFailureCount: 0, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }] }),
  ],
  ['a loop that waits and asks', loop(PAUSE, ASK)],
];

describe('The lint', () => {
  for (const [what, definition] of goods) {
    it(`finds nothing wrong with ${what}`, () => {
      assert.deepEqual(lint(definition), []);
    });
  }

  for (const { rule, what, bad, message } of cases) {
    it(`finds ${what} (${rule})`, () => {
      const found = lint(bad).filter((finding) => finding.rule === rule);

      assert.ok(found.length > 0, `expected a finding of ${rule}`);
      assert.ok(
        found.some((finding) => message.test(finding.message)),
        found.map((finding) => finding.message).join('\n'),
      );
    });
  }

  it('lets a state on the list of exceptions retry what it wants', () => {
    const definition = withTask({ Retry: [{ ...RETRY, ErrorEquals: ['PlanBusy'] }] });

    assert.deepEqual(lint(definition, ['Call']), []);
    assert.equal(lint(definition).length, 1);
  });

  it('lets a Task on the list of exceptions fail the execution', () => {
    const definition = withTask({}, ['Catch']);

    assert.deepEqual(lintDefinition(definition, { functionTimeoutSeconds: { f: 30 }, catchExceptions: ['Call'] }), []);
    assert.equal(lint(definition).length, 1);
  });

  it('finds a loop once, wherever one enters it', () => {
    const found = lint(loop({ Type: 'Pass', Next: 'Poll' }, ASK)).filter(({ rule }) => rule === 'loop-exit');

    assert.equal(found.length, 1);
  });

  it('lets an inner loop end in the loop around it', () => {
    const states = { ...ENDS, Poll: { ...TASK, Next: 'Ask' }, Ask: { ...ASK, Default: 'Short' }, Short: { ...PAUSE, Next: 'Again' } };
    const again = { Type: 'Choice', Choices: [{ Variable: '$.late', BooleanEquals: true, Next: 'Pause' }], Default: 'Poll' };

    assert.deepEqual(lint({ StartAt: 'Poll', TimeoutSeconds: 60, States: { ...states, Again: again, Pause: PAUSE } }), []);
  });

  it('survives what is no definition at all', () => {
    assert.deepEqual(
      lint('text').map(({ rule }) => rule),
      ['common-core', 'top-timeout'],
    );
  });
});
