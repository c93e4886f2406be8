import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INTENT_MS_MAX, type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import type { RunRequest } from '../../../core/run/request.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import type { IntentVerdict } from '../../../functions/trigger/intents.ts';
import { deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';
import { reportedBy } from '../../support/reported.ts';
import { requestWith, runWith } from '../../support/runs.ts';

interface Situation {
  readonly request?: RunRequest;
  readonly openedAt?: number;
  /** Whether the intent's first run came to a plan; else it was refused, or lost. */
  readonly isPlanned?: boolean;
  /** How many of the four keys others have brought to the target. */
  readonly moved: number;
  readonly history?: FleetHistory;
  readonly moods?: Readonly<Record<string, 'slow' | 'denied'>>;
}

/** An open intent whose only run has failed. */
const situation = async ({
  request = requestWith(),
  openedAt = MORNING - 10 * MINUTE_MS,
  isPlanned = false,
  moved,
  ...rest
}: Situation) => {
  const id = intentId(request);
  const runId = runName(id, 1);
  const world = await deciders({ statuses: { [runId]: 'FAILED' }, moods: { [SOURCE]: 'slow', ...rest.moods } });
  const { clock, table, first, keys, primaries } = world;
  for (const { keyId } of keys.slice(0, moved)) primaries.set(keyId, TARGET);
  const intent = opened(request, openedAt);
  await clock.run(
    (async () => {
      if (isPlanned) {
        await createRun(first.runtime, runWith({ runId, intent: id, request }));
        await reportedBy(first.runtime, runId);
      }
      await table.write('intent', id, isPlanned ? withRun(intent, request, runId, openedAt) : { ...intent, runs: [runId] }, 0);
      if (rest.history !== undefined) await table.write('fleet', 'payments', rest.history, 0);
    })(),
  );
  const tick = async (): Promise<IntentVerdict | undefined> => {
    const answer = await world.give(TICK);
    return 'intents' in answer ? answer.intents[0] : undefined;
  };
  const decisions = async () => (await clock.run(table.list<Decision>('decision'))).map(({ value }) => value);
  const stored = async () => (await clock.run(table.read<Intent>('intent', id)))?.value;
  return { ...world, tick, decisions, stored, started: first.started };
};

const byAnother = (endedAt: number): FleetHistory => ({
  lastMove: {
    runId: 'payments-0123456789abcdef-1',
    intent: 'payments-0123456789abcdef',
    operation: 'failover',
    source: SOURCE,
    target: TARGET,
    incident: 'other',
    start: 'signal',
    endedAt,
  },
});

const why = 'each of its 4 keys has its primary in us-west-2';

describe('An intent whose run was refused while another one moved the keys', () => {
  it('is closed, on record, and nobody is asked', async () => {
    const { tick, stored, decisions, started } = await situation({ moved: 4, history: byAnother(MORNING - MINUTE_MS) });

    assert.deepEqual([(await tick())?.verdict, (await stored())?.state, (await stored())?.closedBecause], ['in-place', 'closed', why]);
    assert.deepEqual(
      (await decisions()).map(({ verb, rule }) => [verb, rule]),
      [['ignore', 'INTENT_IN_PLACE']],
    );
    assert.deepEqual(started, []);
  });

  it('goes on while one key is left', async () => {
    const { tick, stored } = await situation({ moved: 3 });

    assert.equal((await tick())?.verdict, 'started');
    assert.equal((await stored())?.state, 'open');
  });

  it('is not closed where nobody can say where the keys are', async () => {
    const { tick, stored } = await situation({ moved: 4, moods: { [TARGET]: 'denied', 'eu-west-1': 'denied' } });

    assert.notEqual((await tick())?.verdict, 'in-place');
    assert.equal((await stored())?.state, 'open');
  });
});

describe('An intent that another run has overtaken', () => {
  it('is closed when that one left nothing to do, and waits when it did', async () => {
    for (const [moved, verdict] of [
      [4, 'in-place'],
      [3, 'superseded'],
    ] as const) {
      const { tick } = await situation({ isPlanned: true, moved, history: byAnother(MORNING - MINUTE_MS) });

      assert.equal((await tick())?.verdict, verdict);
    }
  });
});

describe('An intent that is open for a day', () => {
  it('is closed without a complaint when its keys are all in place', async () => {
    const { tick, decisions } = await situation({ isPlanned: true, moved: 4, openedAt: MORNING - INTENT_MS_MAX });

    assert.equal((await tick())?.verdict, 'in-place');
    assert.deepEqual(
      (await decisions()).map(({ rule }) => rule),
      ['INTENT_IN_PLACE'],
    );
  });

  it('says how many keys are missing, as far as that is known', async () => {
    const missing = await situation({ isPlanned: true, moved: 3, openedAt: MORNING - INTENT_MS_MAX });
    await missing.tick();
    assert.match(
      (await missing.decisions())[0]?.why ?? '',
      /more than 24 hours, and of 4 keys that were looked at, 1 in us-east-1 have not/,
    );

    const moods = { [TARGET]: 'denied', 'eu-west-1': 'denied' } as const;
    const unknown = await situation({ isPlanned: true, moved: 4, openedAt: MORNING - INTENT_MS_MAX, moods });
    await unknown.tick();
    assert.match((await unknown.decisions())[0]?.why ?? '', /of 4 of its 4 keys nobody could say whether they are in us-west-2\.$/);
  });

  it('that is a drill’s is done when every key is at home', async () => {
    const request = requestWith({ operation: 'drill' });
    const { tick } = await situation({ request, isPlanned: true, moved: 0, openedAt: MORNING - INTENT_MS_MAX });

    assert.equal((await tick())?.why, 'each of its 4 keys has its primary in us-east-1');
  });
});
