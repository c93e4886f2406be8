import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRecordingBus } from '../../../simulator/bus/recording-bus.ts';

describe('A recording bus', () => {
  it('keeps every event in the order in which it came', async () => {
    const bus = createRecordingBus();

    await bus.put([
      { detailType: 'Run Started', detail: { runId: 'r' } },
      { detailType: 'Run Finished', detail: { runId: 'r' } },
    ]);
    await bus.put([]);
    await bus.put([{ detailType: 'Run Started', detail: { runId: 's' } }]);

    assert.deepEqual(
      bus.events.map(({ detailType, detail }) => [detailType, detail.runId]),
      [
        ['Run Started', 'r'],
        ['Run Finished', 'r'],
        ['Run Started', 's'],
      ],
    );
  });

  it('keeps what an event was when it was put, as the wire would carry it', async () => {
    const bus = createRecordingBus();
    const detail: Record<string, unknown> = { keys: ['a'], left: undefined };
    await bus.put([{ detailType: 'Run Started', detail }]);
    detail.keys = 'changed';

    assert.deepEqual(bus.events, [{ detailType: 'Run Started', detail: { keys: ['a'] } }]);
  });
});
