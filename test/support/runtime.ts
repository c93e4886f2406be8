import { region } from '../../core/region.ts';
import type { Runtime } from '../../functions/frame/runtime.ts';
import { createRecordingBus } from '../../simulator/bus/recording-bus.ts';
import { VirtualClock } from '../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../simulator/random/seeded.ts';
import { createMemoryStore } from '../../simulator/store/memory-store.ts';
import { createMemoryTable } from '../../simulator/table/memory-table.ts';

/** A port that the code under test has no business with. */
const untouched = <T extends object>(name: string): T =>
  new Proxy({} as T, {
    get: (_, method) => {
      throw new Error(`Expected nobody to use the port ${name}, but ${String(method)} was asked for.`);
    },
  });

/** A runtime with a table, a store and a bus in memory; KMS and executions are for the tests to give, where they are needed. */
export const runtimeWith = (parts: Partial<Runtime> = {}): Runtime => ({
  clock: new VirtualClock(0),
  random: new Seeded(1),
  table: createMemoryTable(),
  store: createMemoryStore(),
  bus: createRecordingBus(),
  executions: untouched('executions'),
  kms: untouched('kms'),
  tagging: untouched('tagging'),
  quotas: { promotionsPerSecond: async () => undefined },
  controlRegion: region('us-east-2'),
  peerRegions: [],
  log: () => undefined,
  measure: () => undefined,
  ...parts,
});
