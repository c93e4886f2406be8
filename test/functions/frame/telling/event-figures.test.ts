import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { BusEvent } from '../../../../core/ports/bus.ts';
import { measuringBus } from '../../../../functions/frame/telling/event-figures.ts';
import type { Measurement } from '../../../../functions/frame/telling/metrics.ts';

const unordered: BusEvent = { detailType: 'Unordered Promotion', detail: { fleet: 'payments' } };

const measuring = (put: () => Promise<void>) => {
  const measured: Measurement[] = [];
  return { measured, bus: measuringBus({ bus: { put }, measure: (measurement) => measured.push(measurement) }) };
};

describe('A bus that measures', () => {
  it('measures what the bus has taken', async () => {
    const { measured, bus } = measuring(async () => undefined);
    await bus.put([unordered, { detailType: 'Stage Finished', detail: {} }]);
    assert.deepEqual(measured, [{ fleet: 'payments', figures: { UnorderedPromotions: 1 } }]);
  });

  it('measures nothing that the bus refused: it will be put again', async () => {
    const { measured, bus } = measuring(() => Promise.reject(new Error('the bus is out of order')));
    await assert.rejects(bus.put([unordered]), /out of order/);
    assert.deepEqual(measured, []);
  });
});
