import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TaskFailure } from '../../../simulator/asl/failure.ts';
import type { JsonObject, JsonValue } from '../../../simulator/asl/json.ts';
import type { Seeded } from '../../../simulator/random/seeded.ts';
import failover from '../../../statemachine/failover.asl.json' with { type: 'json' };
import { runOnOurs, runOnTheirs, type Script } from './both-engines.ts';
import { distributed, inline, machine, task } from './machine.ts';

/*
 * Our interpreter against aws-local-stepfunctions 3.0.0: same outcome, same calls, same virtual times. The definitions
 * keep clear of where that engine is known to differ from Step Functions: it runs a Map's queue on after a failure and
 * wakes retries that it should abort (so a Map that fails here has all its items under way, and no retries); it ignores
 * ToleratedFailureCount (no child fails); it draws jitter for retriers that do not match (no jitter); a Task without a
 * timeout gets 60 s (all have one); it has no $$.State, and inside a Map $$.Execution.Input is the item.
 */

/** Functions that take their time and fail now and then. */
const script: Script = async (_, clock, draw) => {
  await clock.sleep(Math.ceil(draw.between(1, 5_000)));
  if (draw.chance(0.15)) throw new TaskFailure('Lambda.ServiceException', 'the service');
  if (draw.chance(0.1)) throw new TaskFailure('Broken', 'the function');
  const at = new Date(clock.now() + draw.between(-5_000, 30_000)).toISOString();
  return { done: draw.chance(0.4), pause: Math.floor(draw.between(0, 20)), at };
};

const SELECTED = { 'done.$': '$.Payload.done', 'pause.$': '$.Payload.pause', 'at.$': '$.Payload.at' };
const RETRY = { ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 2, MaxAttempts: 2, BackoffRate: 2, MaxDelaySeconds: 3 };
const called = (next: string, more: JsonObject = {}): JsonObject =>
  task('f', { TimeoutSeconds: 4, ResultSelector: SELECTED, ResultPath: '$.told', Next: next, ...more });

/** Asks until it is told that all is done, by one Wait or the other, five times at most. */
const asking = (ending: JsonObject): JsonObject => ({
  Ask: called('Judge', { Retry: [RETRY], Catch: [{ ErrorEquals: ['Broken', 'States.Timeout'], ResultPath: null, Next: 'Count' }] }),
  Judge: {
    Type: 'Choice',
    Choices: [
      { Variable: '$.told.done', BooleanEquals: true, Next: 'End' },
      {
        And: [{ Variable: '$.told.pause', NumericGreaterThan: 3 }, { Not: { Variable: '$.told.pause', NumericEquals: 7 } }],
        Next: 'Pause',
      },
    ],
    Default: 'Until',
  },
  Pause: { Type: 'Wait', SecondsPath: '$.told.pause', Next: 'Count' },
  Until: { Type: 'Wait', TimestampPath: '$.told.at', Next: 'Count' },
  Count: { Type: 'Pass', Parameters: { 'tries.$': 'States.MathAdd($.tries, 1)', 'id.$': '$.id' }, Next: 'Enough' },
  Enough: { Type: 'Choice', Choices: [{ Variable: '$.tries', NumericGreaterThanEquals: 5, Next: 'GiveUp' }], Default: 'Ask' },
  GiveUp: { Type: 'Pass', Parameters: { 'gaveUp.$': "States.Format('{} after {} tries', $.id, $.tries)" }, Next: 'End' },
  End: ending,
});

const ITEMS = { ItemsPath: '$.ids', ItemSelector: { 'id.$': '$$.Map.Item.Value', tries: 0, 'run.$': '$$.Execution.Name' } };
const FINAL: JsonObject = { Type: 'Pass', End: true };

const definitions: ReadonlyArray<readonly [name: string, definition: JsonObject, input: JsonObject]> = [
  ['a loop of calls and waits', machine('Ask', asking(FINAL)), { id: 'one', tries: 0 }],
  [
    'a loop that fails when the retries are used up',
    machine('Ask', {
      ...asking(FINAL),
      Ask: called('Judge', { Retry: [RETRY] }),
      GiveUp: { Type: 'Fail', Error: 'GaveUp', Cause: 'literal' },
    }),
    { id: 'one', tries: 0 },
  ],
  [
    'an inline Map with a queue, whose iterations catch what fails',
    machine('Each', {
      Each: {
        Type: 'Map',
        ...ITEMS,
        MaxConcurrency: 3,
        ItemProcessor: inline('Ask', {
          ...asking(FINAL),
          Ask: called('Judge', { Retry: [RETRY], Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Count' }] }),
        }),
        ResultPath: '$.all',
        Next: 'Last',
      },
      Last: { Type: 'Succeed' },
    }),
    { ids: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
  ],
  [
    'an inline Map that fails as a whole and is caught',
    machine('Each', {
      Each: {
        Type: 'Map',
        ...ITEMS,
        ItemProcessor: inline('First', { First: called('Second'), Second: called('Third'), Third: FINAL }),
        ResultPath: null,
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Broken' }],
        Next: 'Whole',
      },
      Broken: { Type: 'Pass', Result: 'broken', ResultPath: '$.end', End: true },
      Whole: { Type: 'Pass', Result: 'whole', ResultPath: '$.end', End: true },
    }),
    { ids: ['a', 'b'] },
  ],
  [
    'stages one at a time, distributed children in them, each ending in a constant',
    machine('Stages', {
      Stages: {
        Type: 'Map',
        ItemsPath: '$.stages',
        MaxConcurrency: 1,
        ItemProcessor: inline('Batches', {
          Batches: {
            Type: 'Map',
            ...ITEMS,
            MaxConcurrencyPath: '$.most',
            ItemProcessor: distributed('Ask', {
              ...asking({ Type: 'Pass', Result: { end: 1 }, End: true }),
              Ask: called('Judge', { Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: 'Count' }] }),
            }),
            ResultPath: null,
            Next: 'StageDone',
          },
          StageDone: { Type: 'Pass', Result: 'done', End: true },
        }),
        End: true,
      },
    }),
    {
      stages: [
        { ids: ['canary'], most: 4 },
        { ids: ['b1', 'b2', 'b3', 'b4', 'b5', 'b6'], most: 4 },
      ],
    },
  ],
];

/** How the chain's functions answer; undefined for a step of a batch, which answers any of its next steps. */
const planAnswers = (state: string, draw: Seeded): JsonValue | undefined => {
  const waitSeconds = Math.floor(draw.between(0, 30));
  if (state === 'Plan') return { next: draw.chance(0.6) ? 'run' : 'wait', waitSeconds, stages: ['canary', 'rest', 'sweep'] };
  if (state === 'Report') return { result: 'complete', green: draw.chance(0.5) };
  if (state !== 'OpenStage') return undefined;
  const accounts = ['111111111111', '222222222222'].map((account) => ({
    account,
    batches: [1, 2, 3, 4, 5, 6].filter(() => draw.chance(0.7)),
  }));
  return { next: draw.pick(['run', 'run', 'wait', 'skip']), waitSeconds, accounts };
};

/**
 * Functions for the deployed definition. Only the steps of a batch fail, each in ways that the definition catches and does
 * not retry, because its retries have jitter; and a step that takes too long times out.
 */
const chain: Script = async (state, clock, draw) => {
  const answer = planAnswers(state, draw);
  await clock.sleep(Math.ceil(draw.between(1, 5_000)));
  if (answer !== undefined) return answer;
  if (draw.chance(0.05)) await clock.sleep(200_000);
  if (draw.chance(0.1)) throw new TaskFailure('Lambda.Unknown', 'the instance died');
  return { next: draw.pick(['promote', 'poll', 'verify', 'precheck', 'done', 'done']), waitSeconds: Math.floor(draw.between(0, 15)) };
};

describe('Our interpreter and aws-local-stepfunctions', () => {
  for (const [name, definition, input] of definitions) {
    it(`agree on ${name}: outcome, calls and their times, over 40 seeds`, async () => {
      const endings = new Set<string>();
      for (let seed = 0; seed < 40; seed += 1) {
        const ours = await runOnOurs(definition, input, seed, script);

        assert.deepEqual(ours, await runOnTheirs(definition, input, seed, script), `seed ${seed}`);
        endings.add(JSON.stringify([ours.outcome, ours.tookMs]));
      }
      assert.ok(endings.size > 1, 'every seed went alike: the scripts do not reach the branches');
    });
  }

  it('agree on the deployed definition, over 40 seeds', async () => {
    const endings = new Set<string>();
    for (let seed = 0; seed < 40; seed += 1) {
      const ours = await runOnOurs(failover, { fleet: 'payments' }, seed, chain);

      assert.deepEqual(ours, await runOnTheirs(failover, { fleet: 'payments' }, seed, chain), `seed ${seed}`);
      endings.add(JSON.stringify(ours.outcome));
    }
    assert.ok(endings.size > 1, 'every seed ended alike: the scripts do not reach the branches');
  });
});
