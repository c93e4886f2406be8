import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FleetWatch } from '../../../core/coordination/watch.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { recordId } from '../../../functions/trigger/record-id.ts';
import { trigger } from '../../../functions/trigger/trigger.ts';
import { MINUTE_MS } from '../../support/deciders.ts';
import { incidentWorld } from '../../support/incident-world.ts';
import { SOURCE } from '../../support/keys.ts';
import { healthClosing, healthSignal } from '../../support/signals.ts';

describe('An incident that probes do not see', () => {
  it('starts nothing, is watched, and starts one run when a tick sees it', async () => {
    const { say, tick, moods, first, list } = await incidentWorld();
    const { decision, rule } = await say(healthSignal());
    assert.deepEqual([decision, rule], ['observe', 'SOURCE_HEALTHY']);
    assert.deepEqual(await tick(), []);
    moods.set(SOURCE, 'slow');
    const [seen] = await tick();
    await tick();

    assert.deepEqual([seen?.decision, seen?.rule, seen?.runId], ['start', 'SOURCE_DEGRADED', first.started[0]]);
    assert.equal(first.started.length, 1);
    assert.equal((await list<Decision>('decision')).length, 2);
  });

  it('starts one run when the ticks of two control Regions see it at the same moment', async () => {
    for (const seed of [1, 2, 3]) {
      const { say, moods, clock, all } = await incidentWorld({ controlRegions: ['us-east-2', 'eu-central-1'], seed });
      await say(healthSignal());
      moods.set(SOURCE, 'slow');
      for (let minute = 0; minute < 3; minute += 1) {
        await clock.run(clock.sleep(MINUTE_MS));
        await clock.run(Promise.all(all.map(({ runtime }) => trigger(TICK, runtime))));
      }

      assert.equal(all.flatMap(({ started }) => started).length, 1, `seed ${seed}`);
    }
  });

  it('starts its run also when a tick that died, or one elsewhere, put another answer on record and nobody noted it', async () => {
    const { say, tick, moods, first, table, clock } = await incidentWorld();
    await say(healthSignal());
    const watches = await clock.run(table.read<FleetWatch>('watch', 'payments'));
    const [watch] = watches?.value.watches ?? [];
    const id = recordId('payments', 'again', watch?.incident ?? '', watch?.changes ?? 0);
    const other: Decision = { state: 'decided', at: 0, fleet: 'payments', signal: 'a tick', verb: 'observe', rule: 'LEASE_HELD' };
    await clock.run(table.write('decision', id, other, 0));
    moods.set(SOURCE, 'slow');
    await tick();
    await tick();

    assert.equal(first.started.length, 1);
  });

  it('is watched no more when it is over, or when nobody has spoken of it for two hours', async () => {
    for (const end of ['closes', 'goes stale']) {
      const { say, tick, moods, first } = await incidentWorld();
      await say(healthSignal(1));
      if (end === 'closes') await say(healthClosing(2, 1));
      else await tick(121);
      moods.set(SOURCE, 'slow');

      assert.deepEqual(await tick(), [], end);
      assert.deepEqual(first.started, [], end);
    }
  });

  it('is not begun before its time, and then is', async () => {
    const { say, tick, first } = await incidentWorld({ moods: { [SOURCE]: 'slow' } });
    const { rule } = await say(healthSignal(1, 0, { startTime: 'Tue, 20 Oct 2026 08:00:00 GMT' }));
    assert.equal(rule, 'NOT_BEGUN');
    await tick(1);
    assert.deepEqual(first.started, []);
    await tick(8);

    assert.equal(first.started.length, 1);
  });
});

describe('An incident that a person is asked about', () => {
  it('is not put to anybody again by ticks, but by its next communication when four hours have passed', async () => {
    const { say, told, tick } = await incidentWorld({ moods: { [SOURCE]: 'denied' } });
    await say(healthSignal(1));
    for (let minute = 0; minute < 3; minute += 1) await tick();
    await tick(240);
    assert.equal(told('Approval Requested').length, 1);
    await say(healthSignal(2, 245));

    assert.equal(told('Approval Requested').length, 2);
  });

  it('starts by itself when a tick can judge it, and takes the question back', async () => {
    const { say, list, tick, moods, first } = await incidentWorld({ moods: { [SOURCE]: 'denied' } });
    await say(healthSignal(1));
    moods.set(SOURCE, 'slow');
    await tick();

    assert.equal(first.started.length, 1);
    const [approval] = (await list<Decision>('decision')).flatMap((decision) => decision.approval ?? []);
    assert.equal(approval?.state, 'withdrawn');
  });
});

describe('An incident in a control Region itself', () => {
  it('is left to the ticks of its peers, until it is over', async () => {
    const { say, moods, clock, all, give } = await incidentWorld({ controlRegions: ['us-east-2', SOURCE] });
    const [peer, impaired] = all;
    assert.ok(peer !== undefined && impaired !== undefined);
    await say(healthSignal());
    moods.set(SOURCE, 'slow');
    await clock.run(clock.sleep(MINUTE_MS));
    await give(TICK, impaired);
    assert.deepEqual(impaired.started, []);
    await give(TICK, peer);
    await clock.run(clock.sleep(30 * MINUTE_MS));
    await give(TICK, impaired);

    assert.deepEqual([peer.started.length, impaired.started.length], [1, 0]);
  });
});
