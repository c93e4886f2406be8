import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Intent, opened } from '../../../core/coordination/intent.ts';
import type { FleetWatch } from '../../../core/coordination/watch.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../../core/limits.ts';
import { intentId } from '../../../core/run/name.ts';
import { TICK } from '../../../core/signal/parse.ts';
import type { ProbeWindows } from '../../../core/verdict/window.ts';
import type { Runtime } from '../../../functions/frame/runtime.ts';
import { deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { SOURCE, TARGET, THIRD } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';
import { healthSignal } from '../../support/signals.ts';

describe('A tick', () => {
  it('in quiet times decides nothing and writes nothing but what the probes saw', async () => {
    const { give, clock, table, first } = await deciders();
    await give(TICK);

    for (const kind of ['decision', 'intent', 'run', 'watch', 'promotion'] as const)
      assert.deepEqual(await clock.run(table.list(kind)), [], kind);
    const [windows] = await clock.run(table.list<ProbeWindows>('probe'));
    assert.equal(windows?.id, 'payments/us-east-2');
    assert.deepEqual(Object.keys(windows?.value.regions ?? {}).toSorted(), [SOURCE, TARGET, THIRD].toSorted());
    assert.deepEqual(first.bus.events, []);
  });

  it('spends two calls a Region on probes, whatever the size of the fleet', async () => {
    let probes = 0;
    const change = ({ kms }: Runtime): Partial<Runtime> => ({
      kms: {
        ...kms,
        probe: (key) => {
          probes += 1;
          return kms.probe(key);
        },
      },
    });
    const { give } = await deciders({ keys: 60, change });
    await give(TICK);

    assert.equal(probes, 6);
  });

  it('has time for the rest when a fleet has more incidents than it can judge at once, and comes to each of them', async () => {
    const moods = { [SOURCE]: 'dark', [TARGET]: 'dark', [THIRD]: 'dark' } as const;
    const { give, clock, table, moods: now } = await deciders();
    const count = 7;
    for (let number = 1; number <= count; number += 1)
      await give(healthSignal(number, 0, { eventArn: `arn:aws:health:us-east-1::event/KMS/trouble-${number}` }));
    for (const [where, mood] of Object.entries(moods)) now.set(where, mood);
    for (let minute = 0; minute < count; minute += 1) {
      const startedAt = clock.now();
      await give(TICK);
      const tookMs = clock.now() - startedAt;
      assert.ok(tookMs < FUNCTION_TIMEOUT_SECONDS.trigger * 1000, `the tick took ${tookMs / 1000} s`);
      await clock.run(clock.sleep(MINUTE_MS - tookMs));
    }

    const watches = (await clock.run(table.read<FleetWatch>('watch', 'payments')))?.value.watches ?? [];
    assert.deepEqual(
      watches.map(({ last }) => last?.rule),
      Array.from({ length: count }, () => 'SOURCE_UNKNOWN'),
    );
  });

  it('resends what the bus did not take', async () => {
    let isBroken = true;
    const change = ({ bus }: Runtime): Partial<Runtime> => ({
      bus: { put: (events) => (isBroken ? Promise.reject(new Error('no bus today')) : bus.put(events)) },
    });
    const { give, first } = await deciders({ moods: { [SOURCE]: 'slow' }, change });
    await give(healthSignal());
    assert.deepEqual(first.bus.events, []);
    isBroken = false;
    const answer = await give(TICK);

    assert.equal('resent' in answer && answer.resent, 1);
    assert.deepEqual(
      first.bus.events.map(({ detailType }) => detailType),
      ['Decision Made'],
    );
  });

  it('does its other chores when one fails, and says so afterwards', async () => {
    const change = ({ table }: Runtime): Partial<Runtime> => ({
      table: { ...table, list: (kind) => (kind === 'intent' ? Promise.reject(new Error('no list today')) : table.list(kind)) },
    });
    const { give, clock, table } = await deciders({ change });
    await assert.rejects(give(TICK), /no list today/);

    assert.equal((await clock.run(table.list('probe'))).length, 1);
  });

  it('starts the first run of an intent whose decider died, in one control Region only', async () => {
    const { give, clock, table, all } = await deciders({ controlRegions: ['us-east-2', 'eu-central-1'], moods: { [SOURCE]: 'slow' } });
    const request = requestWith();
    await clock.run(table.write<Intent>('intent', intentId(request), opened(request, MORNING), 0));
    for (const decider of all) await give(TICK, decider);
    await clock.run(clock.sleep(MINUTE_MS));
    for (const decider of all) await give(TICK, decider);

    assert.equal(all.flatMap(({ started }) => started).length, 1);
  });

  it('takes over from a control Region that noted a run and never came to its plan', async () => {
    const { give, clock, table, all } = await deciders({ controlRegions: ['us-east-2', 'eu-central-1'], moods: { [SOURCE]: 'slow' } });
    const [dead = assert.fail(), alive = assert.fail()] = all;
    const request = requestWith();
    await clock.run(table.write<Intent>('intent', intentId(request), opened(request, MORNING), 0));
    await give(TICK, dead);
    await clock.run(clock.sleep(14 * MINUTE_MS));
    await give(TICK, alive);
    assert.deepEqual(alive.started, []);
    await clock.run(clock.sleep(2 * MINUTE_MS));
    for (let minute = 0; minute < 2; minute += 1) await give(TICK, alive);

    assert.deepEqual(alive.started, [`${intentId(request)}-2`]);
  });
});
