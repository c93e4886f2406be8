import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Intent, opened, withRun } from '../../../core/coordination/intent.ts';
import { KEPT_MS } from '../../../core/coordination/keeping.ts';
import type { FleetWatch, IncidentSignal, Watch } from '../../../core/coordination/watch.ts';
import { wordOf } from '../../../core/coordination/word.ts';
import type { LastMove } from '../../../core/decision/history.ts';
import type { ItemKind } from '../../../core/ports/table.ts';
import { intentId } from '../../../core/run/name.ts';
import { parseSignal, TICK } from '../../../core/signal/parse.ts';
import { type DecidersOptions, deciders, MINUTE_MS, MORNING } from '../../support/deciders.ts';
import { SOURCE, TARGET } from '../../support/keys.ts';
import { requestWith } from '../../support/runs.ts';
import { healthSignal } from '../../support/signals.ts';

const OLD = MORNING - KEPT_MS - 1;
const YOUNG = MORNING - KEPT_MS + 3 * 3_600_000;
const closedAt = (openedAt: number, runId: string): Intent => ({
  ...withRun(opened(requestWith(), openedAt), requestWith(), runId, openedAt),
  state: 'closed',
});

const signalOf = (raw: unknown): IncidentSignal => {
  const reading = parseSignal(raw);
  if (reading.kind !== 'signal' || reading.signal.kind !== 'health') throw new Error('Expected an event of AWS Health.');
  return reading.signal;
};

const situation = async (items: ReadonlyArray<readonly [ItemKind, string, unknown]>, options: DecidersOptions = {}) => {
  const { clock, table, give, first } = await deciders(options);
  for (const [kind, id, value] of items) await clock.run(table.write(kind, id, value, 0));
  const ids = async (kind: ItemKind) => (await clock.run(table.list(kind))).map(({ id }) => id);
  const ticks = async (count: number) => {
    for (let tick = 0; tick < count; tick += 1) {
      await clock.run(clock.sleep(MINUTE_MS));
      await give(TICK);
    }
  };
  return { ids, ticks, started: first.started };
};

describe('The tick forgets', () => {
  it('intents that were closed long ago, with the notes of their runs, and no others', async () => {
    const { ids, ticks } = await situation([
      ['intent', 'old', closedAt(OLD, 'old-1')],
      ['intent', 'young', closedAt(YOUNG, 'young-1')],
      ['run', 'old-1', { announcedAt: OLD }],
      ['run', 'young-1', { announcedAt: YOUNG }],
    ]);
    await ticks(1);

    assert.deepEqual([await ids('intent'), await ids('run')], [['young'], ['young-1']]);
  });

  it('not one that an incident has joined which goes on: its next word would begin a run of it again', async () => {
    const { clock, table, give, first } = await deciders({ moods: { [SOURCE]: 'slow' } });
    const word = wordOf(signalOf(healthSignal()), SOURCE, MORNING);
    const watch: Watch = { ...word, changes: 1, request: requestWith() };
    await clock.run(table.write('intent', intentId(requestWith()), closedAt(OLD, 'old-1'), 0));
    await clock.run(table.write<FleetWatch>('watch', 'payments', { watches: [watch] }, 0));
    await clock.run(clock.sleep(MINUTE_MS));
    await give(TICK);
    await give(healthSignal(2, 1));
    await give(TICK);

    assert.deepEqual(first.started, []);
  });

  it('fifty intents at once at the most', async () => {
    const { ids, ticks } = await situation(Array.from({ length: 60 }, (_, n) => ['intent', `old-${n}`, closedAt(OLD, `old-${n}-1`)]));
    await ticks(1);
    assert.equal((await ids('intent')).length, 10);
    await ticks(1);

    assert.deepEqual(await ids('intent'), []);
  });

  it('not the way home that a person stopped, which would begin again by itself', async () => {
    const way = { source: SOURCE, target: TARGET } as const;
    const there = { ...way, operation: 'failover', source: TARGET, target: SOURCE, incident: 'i', start: 'signal' } as const;
    const lastMove: LastMove = { ...there, runId: 'away-1', intent: 'away', endedAt: OLD };
    const home = requestWith({ ...way, operation: 'failback', incident: 'failback-away-1' });
    const { ids, ticks, started } = await situation(
      [
        ['fleet', 'payments', { lastMove }],
        ['intent', intentId(home), { ...opened(home, OLD), state: 'closed', closedBecause: 'maria stopped it' }],
      ],
      { fleet: { home: TARGET, standbys: [SOURCE], failback: { automatic: true, stableMinutes: 10 } } },
    );
    await ticks(20);

    assert.deepEqual(await ids('intent'), [intentId(home)]);
    assert.deepEqual(started, []);
  });

  it('decisions that were made long ago, those of one fleet in each hour, and then what operators did for all', async () => {
    const { ids, ticks } = await situation([
      ['decision', 'payments/old', { state: 'decided', at: OLD }],
      ['decision', 'payments/young', { state: 'decided', at: YOUNG }],
      ['decision', 'all/operator-old', { state: 'decided', at: OLD }],
    ]);
    await ticks(120);

    assert.deepEqual(await ids('decision'), ['payments/young']);
  });
});
