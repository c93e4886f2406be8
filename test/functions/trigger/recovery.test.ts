import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { INTENT_MS_MAX, type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { intentId, runName } from '../../../core/run/name.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { createRun } from '../../../functions/frame/run/run-file.ts';
import type { IntentVerdict } from '../../../functions/trigger/intents.ts';
import { type DecidersOptions, deciders, MORNING } from '../../support/deciders.ts';
import { keyRef, SOURCE } from '../../support/keys.ts';
import { reportedBy } from '../../support/reported.ts';
import { requestWith, runWith } from '../../support/runs.ts';

const request = requestWith();
const id = intentId(request);
const [first = '', second = ''] = [1, 2].map((generation) => runName(id, generation));

/** An intent whose run left keys blocked, an hour ago; their Region answers again. */
const situation = async (intent: Partial<Intent> = {}, options: DecidersOptions = {}) => {
  const world = await deciders({ statuses: { [first]: 'FAILED' }, ...options });
  const { clock, table } = world;
  const { runtime } = world.first;
  const blocked: Intent = {
    ...withRun(opened(request, MORNING - 3_600_000), request, first, 0),
    blockedSample: [{ ...keyRef('1'), region: SOURCE }],
    ...intent,
  };
  await clock.run(
    (async () => {
      await createRun(runtime, runWith({ runId: first, intent: id, request }));
      await reportedBy(runtime, first);
      await table.write('intent', id, blocked, 0);
    })(),
  );
  const tick = async (): Promise<IntentVerdict | undefined> => {
    const answer = await world.give(TICK);
    return 'intents' in answer ? answer.intents[0] : undefined;
  };
  const decisions = async () => clock.run(table.list<Decision>('decision'));
  const stored = async () => (await clock.run(table.read<Intent>('intent', id)))?.value;
  return { ...world, runtime, tick, decisions, stored, started: world.first.started };
};

const over = { incidentOverAt: MORNING - 60_000 };

describe('Blocked keys of an incident that goes on', () => {
  it('are taken up when their Region answers', async () => {
    const { tick, started } = await situation();

    assert.equal((await tick())?.verdict, 'started');
    assert.deepEqual(started, [second]);
  });
});

describe('Blocked keys of an incident that is over', () => {
  it('follow those that have moved, unless the fleet file says otherwise', async () => {
    const { tick, started } = await situation({ ...over, moved: true });

    assert.equal((await tick())?.verdict, 'started');
    assert.deepEqual(started, [second]);
  });

  it('are put to a person once when none has moved yet, and follow when the person agrees', async () => {
    const { tick, started, decisions, table, clock, first: decider } = await situation(over);
    assert.equal((await tick())?.verdict, 'recovered');
    assert.equal((await tick())?.verdict, 'recovered');
    const [asked, ...others] = await decisions();
    assert.deepEqual(others, []);
    assert.deepEqual([asked?.value.rule, asked?.value.approval?.state, asked?.value.request], ['RECOVERED_ASK', 'open', request]);
    assert.equal(decider.bus.events.filter(({ detailType }) => detailType === 'Approval Requested').length, 1);
    assert.deepEqual(started, []);
    assert.ok(asked?.value.approval !== undefined);
    await clock.run(
      table.write('decision', asked.id, { ...asked.value, approval: { ...asked.value.approval, state: 'approved' } }, asked.version),
    );

    assert.equal((await tick())?.verdict, 'started');
  });

  it('follow also when the operator who took the person’s yes died over it, by one run under that person’s name', async () => {
    const { tick, started, decisions, table, clock, stored } = await situation(over);
    await tick();
    const [asked] = await decisions();
    const { id: decision, value, version } = asked ?? assert.fail();
    const approval = { ...(value.approval ?? assert.fail()), state: 'approved', by: 'anna', at: clock.now() } as const;
    await clock.run(table.write('decision', decision, { ...value, approval }, version));
    await clock.run(clock.sleep(60_000));
    await tick();
    await tick();

    assert.deepEqual(started, [second]);
    assert.equal((await stored())?.approvedBy, 'anna');
  });

  it('are put to a person also when some have moved, where the fleet file says ask', async () => {
    const { tick, started, decisions } = await situation({ ...over, moved: true }, { fleet: { onRecovery: 'ask' } });

    assert.equal((await tick())?.verdict, 'recovered');
    assert.deepEqual(started, []);
    assert.match((await decisions())[0]?.value.why ?? '', /^The incident was over at .*onRecovery: ask.*\.$/);
  });

  it('stay where they are where the fleet file says leave, and that is on record', async () => {
    const { tick, started, decisions, stored } = await situation({ ...over, moved: true }, { fleet: { onRecovery: 'leave' } });

    assert.equal((await tick())?.verdict, 'recovered');
    assert.deepEqual(started, []);
    assert.equal((await stored())?.state, 'closed');
    assert.match((await stored())?.closedBecause ?? '', /onRecovery: leave/);
    assert.deepEqual(
      (await decisions()).map(({ value }) => [value.rule, value.why?.slice(0, 21)]),
      [['RECOVERED_LEAVE', 'The incident was over']],
    );
    assert.equal(await tick(), undefined);
  });
});

describe('An intent that is open for a day', () => {
  it('is given up, which is said once', async () => {
    const { tick, started, decisions, stored } = await situation({ openedAt: MORNING - INTENT_MS_MAX });

    assert.equal((await tick())?.verdict, 'expired');
    assert.equal(await tick(), undefined);
    assert.deepEqual(started, []);
    assert.equal((await stored())?.state, 'closed');
    assert.deepEqual(
      (await decisions()).map(({ value }) => [value.rule, value.state]),
      [['INTENT_EXPIRED', 'decided']],
    );
  });
});
