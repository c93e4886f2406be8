import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Intent } from '../../../core/coordination/intent.ts';
import type { Decision } from '../../../core/decision/decision.ts';
import type { FleetHistory, LastMove } from '../../../core/decision/history.ts';
import { TICK } from '../../../core/signal/parse.ts';
import { type DecidersOptions, deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';

const HOUR_MS = 3_600_000;
const lastMove: LastMove = {
  runId: 'payments-0-1',
  intent: 'payments-0',
  operation: 'failover',
  source: SOURCE,
  target: TARGET,
  incident: 'INC-1',
  start: 'signal',
  endedAt: MORNING - 5 * HOUR_MS,
};

/** A fleet that a failover took away five hours ago. */
const away = async (options: DecidersOptions = {}, move: Partial<LastMove> = {}) => {
  const world = await deciders(options);
  const { clock, table, keys, primaries } = world;
  for (const { keyId } of keys) primaries.set(keyId, TARGET);
  const history: FleetHistory = { lastMove: { ...lastMove, ...move } };
  await clock.run(table.write('fleet', 'payments', history, 0));
  const ticks = async (minutes: number) => {
    const rules: string[] = [];
    for (let minute = 0; minute < minutes; minute += 1) {
      await clock.run(clock.sleep(MINUTE_MS));
      const answer = await world.give(TICK);
      if ('fleets' in answer) rules.push(...answer.fleets.map(({ rule }) => rule));
    }
    return rules;
  };
  return { ...world, ticks, started: world.first.started };
};

const automatic = { failback: { automatic: true, stableMinutes: 5 } };

describe('A fleet that is away from home', () => {
  it('goes home by itself where its file lets it, once the home was well for the stability window, and once', async () => {
    const { ticks, started, clock, table } = await away({ fleet: automatic });
    assert.deepEqual(await ticks(4), []);
    assert.deepEqual(await ticks(4), ['HOME_STABLE']);

    assert.equal(started.length, 1);
    const [intent] = await clock.run(table.list<Intent>('intent'));
    assert.deepEqual(
      [intent?.value.request.operation, intent?.value.request.source, intent?.value.request.target],
      ['failback', TARGET, SOURCE],
    );
  });

  it('waits anew when the home is in trouble again', async () => {
    const { ticks, moods, started } = await away({ fleet: automatic });
    await ticks(4);
    moods.set(SOURCE, 'slow');
    await ticks(1);
    moods.set(SOURCE, 'well');
    await ticks(5);

    assert.deepEqual(started, []);
  });

  it('is proposed to a person, once, where its file does not let it go by itself', async () => {
    for (const fleet of [{ failback: { stableMinutes: 5 } }, { ...automatic, posture: 'approve' }]) {
      const { ticks, started, clock, table, first } = await away({ fleet });
      await ticks(12);

      assert.deepEqual(started, []);
      const decisions = (await clock.run(table.list<Decision>('decision'))).map(({ value }) => value);
      assert.deepEqual(
        decisions.map(({ approval, request }) => [approval?.state, request?.operation]),
        [['open', 'failback']],
      );
      assert.equal(first.bus.events.filter(({ detailType }) => detailType === 'Approval Requested').length, 1);
    }
  });

  it('goes home when the operator who took a person’s yes died over it', async () => {
    const { ticks, started, clock, table } = await away({ fleet: { failback: { stableMinutes: 5 } } });
    await ticks(8);
    const [asked] = await clock.run(table.list<Decision>('decision'));
    const { id, value, version } = asked ?? assert.fail();
    const approval = { ...(value.approval ?? assert.fail()), state: 'approved', by: 'anna', at: clock.now() } as const;
    await clock.run(table.write('decision', id, { ...value, approval }, version));

    assert.deepEqual(await ticks(3), ['INTENT_GOES_ON']);
    assert.equal(started.length, 1);
  });

  it('stays there while it rests from its last move, or only observes', async () => {
    const rests = await away({ fleet: automatic }, { endedAt: MORNING });
    const observes = await away({ fleet: { ...automatic, posture: 'observe' } });

    assert.deepEqual(await rests.ticks(12), []);
    assert.deepEqual(await observes.ticks(12), []);
  });

  it('by a switchover, which somebody wished, stays there', async () => {
    assert.deepEqual(await (await away({ fleet: automatic }, { operation: 'switchover' })).ticks(8), []);
  });
});

describe('A fleet at home', () => {
  it('has nowhere to go', async () => {
    assert.deepEqual(await (await away({ fleet: automatic }, { source: TARGET, target: SOURCE, operation: 'failback' })).ticks(8), []);
  });
});
