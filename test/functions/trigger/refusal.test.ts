import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Decision } from '../../../core/decision/decision.ts';
import type { StopSwitch } from '../../../core/decision/switch.ts';
import { TICK } from '../../../core/signal/parse.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { SOURCE } from '../../support/keys.ts';
import { healthClosing, healthSignal } from '../../support/signals.ts';

const SWITCH: StopSwitch = { scope: 'global', owner: 'anna', reason: 'freeze', thrownAt: MORNING, expiresAt: MORNING + 3_600_000 };

/** An incident whose first run was started, and died before it had a plan. */
const situation = async () => {
  const firstDies = ({ executions }: Runtime): Partial<Runtime> => ({
    executions: {
      ...executions,
      status: async (runId) =>
        (await executions.status(runId)) !== undefined && runId.endsWith('-1') ? 'FAILED' : executions.status(runId),
    },
  });
  const world = await deciders({ moods: { [SOURCE]: 'slow' }, change: firstDies });
  const { clock, table, give, first } = world;
  await give(healthSignal());
  const ticks = async (count: number) => {
    for (let minute = 0; minute < count; minute += 1) {
      await clock.run(clock.sleep(MINUTE_MS));
      await give(TICK);
    }
  };
  const told = async () =>
    (await clock.run(table.list<Decision>('decision')))
      .map(({ value }) => value)
      .filter(({ signal }) => signal.startsWith('reconcile'))
      .toSorted((one, other) => one.at - other.at);
  return { ...world, ticks, told, started: first.started };
};

describe('The next run of an intent that the guards keep back', () => {
  it('is on record with its reason and what lifts it, once, and starts when that is gone', async () => {
    const { ticks, told, clock, table, started } = await situation();
    await clock.run(table.write('switch', 'global', SWITCH, 0));
    await ticks(4);

    const [decision, ...others] = await told();
    assert.deepEqual(others, []);
    assert.deepEqual([decision?.verb, decision?.rule], ['observe', 'STOP_SWITCH_ON']);
    assert.match(decision?.why ?? '', /came to no plan\..*anna threw the global stop switch: freeze/);
    assert.match(decision?.liftedBy?.join() ?? '', /taking the switch back/);
    await ticks(60);
    assert.equal(started.length, 2);
  });

  it('is put to a person, once, when nobody can judge it any more, and no longer than its incident lasts', async () => {
    const { ticks, told, moods, give, started } = await situation();
    moods.set(SOURCE, 'denied');
    await ticks(4);

    const asked = (await told()).map(({ verb, rule, approval }) => [verb, rule, approval?.state]);
    assert.deepEqual(asked, [['approve', 'SOURCE_UNKNOWN', 'open']]);
    await give(healthClosing(2, 6));
    assert.deepEqual((await told())[0]?.approval?.state, 'withdrawn');
    assert.equal(started.length, 1);
  });
});
