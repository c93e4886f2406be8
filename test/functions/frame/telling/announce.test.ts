import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LifecycleEvent } from '../../../../core/events/lifecycle.ts';
import type { Outbox } from '../../../../core/events/outbox.ts';
import { type Bus, type BusEvent, EventsLost } from '../../../../core/ports/bus.ts';
import type { Runtime } from '../../../../functions/frame/runtime.ts';
import { announce, resendOutbox } from '../../../../functions/frame/telling/announce.ts';
import { createRecordingBus } from '../../../../simulator/bus/recording-bus.ts';
import { createMemoryTable } from '../../../../simulator/table/memory-table.ts';
import { runtimeWith } from '../../../support/runtime.ts';

const event = (eventId: string): LifecycleEvent => ({
  detailType: 'Stage Finished',
  detail: { eventId, runId: 'run-1', fleet: 'payments', stage: 'rest', keys: 5, concluded: 5, at: 0 },
});
const idsOf = (events: readonly BusEvent[]) => events.map(({ detail }) => detail.eventId);

/** A bus that is out of order until it is mended. */
const brokenBus = () => {
  const bus = createRecordingBus();
  const state = { broken: true };
  const put: Bus['put'] = async (events) => {
    if (state.broken) throw new Error('the bus is out of order');
    await bus.put(events);
  };
  return { state, bus: { put, events: bus.events } };
};

describe('announcing lifecycle events', () => {
  it('puts them on the bus', async () => {
    const bus = createRecordingBus();
    await announce(runtimeWith({ bus }), [event('a'), event('b')]);
    assert.deepEqual(idsOf(bus.events), ['a', 'b']);
  });

  it('does not fail with the bus, and the next tick sends what the bus did not take, once', async () => {
    const { state, bus } = brokenBus();
    const runtime = runtimeWith({ bus });
    await announce(runtime, [event('a')]);
    assert.equal(await resendOutbox(runtime), 0);
    state.broken = false;
    assert.equal(await resendOutbox(runtime), 1);
    assert.equal(await resendOutbox(runtime), 0);
    assert.deepEqual(idsOf(bus.events), ['a']);
  });

  it('keeps only what the bus did not take, and one that it never takes keeps none of the others', async () => {
    const taken = createRecordingBus();
    const put: Bus['put'] = async (events) => {
      const lost = events.filter(({ detail }) => detail.eventId === 'poison');
      await taken.put(events.filter((given) => !lost.includes(given)));
      if (lost.length > 0) throw new EventsLost('one was refused', lost);
    };
    const runtime = runtimeWith({ bus: { put } });
    await announce(runtime, [event('poison'), event('a')]);
    await runtime.table.write('outbox', 'pending', { waiting: [event('poison'), ...['b', 'c'].map(event)] }, 1);
    assert.equal(await resendOutbox(runtime), 2);
    assert.equal(await resendOutbox(runtime), 0);

    assert.deepEqual(idsOf(taken.events), ['a', 'b', 'c']);
    assert.deepEqual((await runtime.table.read<Outbox>('outbox', 'pending'))?.value.waiting, [event('poison')]);
  });

  it('sends at most thirty waiting events at once, the oldest first, and all of them in the end', async () => {
    const { state, bus } = brokenBus();
    const runtime = runtimeWith({ bus });
    const ids = Array.from({ length: 40 }, (_, index) => `event-${index}`);
    await announce(runtime, ids.map(event));
    state.broken = false;
    assert.equal(await resendOutbox(runtime), 30);
    assert.equal(await resendOutbox(runtime), 10);
    assert.deepEqual(idsOf(bus.events), ids);
  });

  it('writes the whole event to the log when neither the bus nor the table takes it', async () => {
    const lines: Array<Readonly<Record<string, unknown>>> = [];
    const log: Runtime['log'] = (_, facts) => {
      lines.push(facts);
    };
    const table = { ...createMemoryTable(), read: async () => Promise.reject(new Error('the table is out of order')) };
    await announce(runtimeWith({ bus: brokenBus().bus, table, log }), [event('a')]);
    assert.deepEqual(lines.at(-1)?.events, [event('a')]);
  });
});
