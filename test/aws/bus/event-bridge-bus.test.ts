import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { createEventBridgeBus } from '../../../aws/bus/event-bridge-bus.ts';
import { EventsLost } from '../../../core/ports/bus.ts';
import { answering, clientBasics, jsonAnswer } from '../../support/answering.ts';

interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

const events = (count: number) => Array.from({ length: count }, (_, index) => ({ detailType: `Event ${index}`, detail: { index } }));
const indexes = (calls: readonly (readonly Entry[])[]): number[][] =>
  calls.map((call) => call.map(({ Detail }) => JSON.parse(Detail).index));

/** A bus whose EventBridge refuses the entries that `refuses` names, and a list of the calls it got. */
const busRefusing = (refuses: (index: number, call: number) => boolean) => {
  const calls: Entry[][] = [];
  const requestHandler = answering(({ body }) => {
    const entries: Entry[] = JSON.parse(body).Entries;
    calls.push(entries);
    const Entries = entries.map(({ Detail }) => {
      const { index } = JSON.parse(Detail);
      return refuses(index, calls.length)
        ? { ErrorCode: 'ThrottlingException', ErrorMessage: 'Rate exceeded' }
        : { EventId: `id-${index}` };
    });
    return jsonAnswer(200, { FailedEntryCount: Entries.filter(({ ErrorCode }) => ErrorCode).length, Entries });
  });
  return { calls, bus: createEventBridgeBus({ client: new EventBridgeClient({ ...clientBasics, requestHandler }), busName: 'lifecycle' }) };
};

describe('An EventBridge bus', () => {
  it('puts an event with its bus, our source, its type and its detail as JSON', async () => {
    const { bus, calls } = busRefusing(() => false);

    await bus.put([{ detailType: 'Run Finished', detail: { runId: 'r-1', keys: 2 } }]);

    assert.deepEqual(calls, [
      [{ EventBusName: 'lifecycle', Source: 'mrk-failover', DetailType: 'Run Finished', Detail: '{"runId":"r-1","keys":2}' }],
    ]);
  });

  it('calls nobody when there is nothing to put', async () => {
    const { bus, calls } = busRefusing(() => false);

    await bus.put([]);

    assert.deepEqual(calls, []);
  });

  it('puts ten a call, in their order', async () => {
    const { bus, calls } = busRefusing(() => false);

    await bus.put(events(23));

    assert.deepEqual(indexes(calls), [
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [10, 11, 12, 13, 14, 15, 16, 17, 18, 19],
      [20, 21, 22],
    ]);
  });

  it('sends again only the entries that were refused, together', async () => {
    const { bus, calls } = busRefusing((index, call) => call <= 2 && [1, 9, 10].includes(index));

    await bus.put(events(12));

    assert.deepEqual(indexes(calls).slice(2), [[1, 9, 10]]);
  });

  it('gives up after three rounds and names what was lost and why', async () => {
    const { bus, calls } = busRefusing((index) => index === 1);

    await assert.rejects(bus.put(events(3)), (error) => {
      assert.ok(error instanceof EventsLost);
      assert.equal(error.message, 'Bus lifecycle did not take 1 event(s) in 3 rounds: "Event 1" (ThrottlingException: Rate exceeded).');
      assert.deepEqual(error.lost, [{ detailType: 'Event 1', detail: { index: 1 } }]);
      return true;
    });
    assert.deepEqual(indexes(calls), [[0, 1, 2], [1], [1]]);
  });

  it('names ten lost events and counts the others', async () => {
    const { bus } = busRefusing(() => true);

    await assert.rejects(bus.put(events(14)), /did not take 14 event\(s\) in 3 rounds: "Event 0" .*"Event 9" \([^)]*\) and 4 more\.$/);
  });

  it('puts the events of the other calls when one call fails as a whole', async () => {
    const taken: number[] = [];
    let calls = 0;
    const requestHandler = answering(({ body }) => {
      calls += 1;
      if (calls === 1) return jsonAnswer(500, { __type: 'InternalException', message: 'try again' });
      const entries: Entry[] = JSON.parse(body).Entries;
      taken.push(...entries.map(({ Detail }) => JSON.parse(Detail).index));
      return jsonAnswer(200, { FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: 'id' })) });
    });
    const bus = createEventBridgeBus({ client: new EventBridgeClient({ ...clientBasics, requestHandler }), busName: 'lifecycle' });

    await bus.put(events(11));

    assert.deepEqual(taken, [10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('takes an answer without entries for a refusal of all of them', async () => {
    const requestHandler = answering(() => jsonAnswer(200, {}));
    const bus = createEventBridgeBus({ client: new EventBridgeClient({ ...clientBasics, requestHandler }), busName: 'lifecycle' });

    await assert.rejects(bus.put(events(1)), /did not take 1 event\(s\) in 3 rounds: "Event 0" \(no answer: no reason given\)/);
  });
});
