import type { Bus, BusEvent } from '../../core/ports/bus.ts';

/** A bus that keeps what it is given, in the order in which it came. */
export interface RecordingBus extends Bus {
  readonly events: readonly BusEvent[];
}

export const createRecordingBus = (): RecordingBus => {
  const events: BusEvent[] = [];
  return {
    events,
    async put(given) {
      // Through JSON, as over the wire: what cannot travel is lost here too, and nobody shares an object with the record.
      events.push(...given.map(({ detailType, detail }) => ({ detailType, detail: JSON.parse(JSON.stringify(detail)) })));
    },
  };
};
