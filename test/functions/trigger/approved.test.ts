import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import type { Approval, Decision } from '../../../core/decision/decision.ts';
import type { FleetHistory } from '../../../core/decision/history.ts';
import type { StopSwitch } from '../../../core/decision/switch.ts';
import { APPROVAL_MS } from '../../../core/operator/question.ts';
import type { AnnouncedRun } from '../../../core/run/announced.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { changeItem } from '../../../functions/frame/item.ts';
import { finishApproval } from '../../../functions/trigger/approved.ts';
import { deciders, MINUTE_MS } from '../../support/deciders.ts';
import { SOURCE } from '../../support/keys.ts';
import { healthSignal } from '../../support/signals.ts';

const ANNA = 'arn:aws:iam::111122223333:user/anna';

/** A question about an incident that anna has answered with yes, and the operator died before it had opened the intent. */
const situation = async (approval: Partial<Approval> = {}) => {
  const world = await deciders({ moods: { [SOURCE]: 'slow' }, fleet: { posture: 'approve' } });
  const { clock, table, first, give } = world;
  const { runtime, started } = first;
  const change = <T>(kind: 'decision' | 'switch', id: string, to: (before: T | undefined) => T) =>
    clock.run(changeItem<T, void>(runtime, kind, id, (before) => ({ store: to(before), answer: undefined })));
  await give(healthSignal());
  const [asked] = await clock.run(table.list<Decision>('decision'));
  const { id } = asked ?? assert.fail();
  const decision = async () => (await clock.run(table.read<Decision>('decision', id)))?.value ?? assert.fail();
  await change<Decision>('decision', id, (before) => ({
    ...(before ?? assert.fail()),
    approval: { expiresAt: clock.now() + APPROVAL_MS, state: 'approved', by: ANNA, at: clock.now(), ...approval },
  }));
  const tick = async (minutes = 1) => {
    await clock.run(clock.sleep(minutes * MINUTE_MS));
    return give(TICK);
  };
  const intents = async () => (await clock.run(table.list<Intent>('intent'))).map(({ value }) => value);
  return { ...world, runtime, started, change, decision, tick, intents, id };
};

describe('An approval whose operator died before it had opened the intent', () => {
  it('is finished by the tick, under the name of who approved it, and once', async () => {
    const { tick, started, decision, intents, clock, table } = await situation();
    await tick();
    await tick();

    assert.equal(started.length, 1);
    assert.equal((await decision()).runId, started[0]);
    assert.deepEqual(
      (await intents()).map(({ state, approvedBy }) => [state, approvedBy]),
      [['open', ANNA]],
    );
    const announced = (await clock.run(table.read<AnnouncedRun>('run', started[0] ?? '')))?.value;
    assert.deepEqual([announced?.start, announced?.approvedBy], ['approval', ANNA]);
  });

  it('is put on record', async () => {
    const { tick, id } = await situation();
    const answer = await tick();

    const [verdict] = 'fleets' in answer ? answer.fleets : [];
    assert.deepEqual([verdict?.decision, verdict?.rule], ['start', 'INTENT_GOES_ON']);
    assert.match(verdict?.why ?? '', new RegExp(`anna approved decision ${id} at .*, and its run was not started then`));
  });

  it('starts one run also when both control Regions finish it at once', async () => {
    const { clock, runtime, started, id, tick } = await situation();
    await clock.run(clock.sleep(MINUTE_MS));
    await clock.run(Promise.allSettled([finishApproval(runtime, id), finishApproval(runtime, id)]));
    await tick();

    assert.equal(started.length, 1);
  });

  it('is left to the operator while that may be at work still', async () => {
    const { clock, runtime, started, id } = await situation();
    await clock.run(finishApproval(runtime, id));

    assert.deepEqual(started, []);
  });

  it('starts nothing when its time is over', async () => {
    const { tick, started, clock, change, id } = await situation();
    await change<Decision>('decision', id, (before) => ({
      ...(before ?? assert.fail()),
      approval: { expiresAt: clock.now() + MINUTE_MS, state: 'approved', by: ANNA, at: clock.now() },
    }));
    await tick();

    assert.deepEqual(started, []);
  });

  it('waits while a stop switch is on', async () => {
    const { tick, started, change, clock } = await situation();
    const thrown: StopSwitch = { scope: 'global', owner: 'ben', reason: 'freeze', thrownAt: 0, expiresAt: clock.now() + 90_000 };
    await change<StopSwitch>('switch', 'global', () => thrown);
    await tick();
    assert.deepEqual(started, []);
    await tick();

    assert.equal(started.length, 1);
  });

  it('starts nothing when the fleet was stopped after it', async () => {
    const { tick, started, clock, table } = await situation();
    const history: FleetHistory = { stopped: { by: 'ben', at: clock.now(), reason: 'enough' } };
    await clock.run(table.write('fleet', 'payments', history, 0));
    await tick();

    assert.deepEqual(started, []);
  });
});
