import type { KeyRef } from '../../core/key/key.ts';
import type { ExecutionStatus } from '../../core/ports/executions.ts';
import type { Kms } from '../../core/ports/kms.ts';
import { type Region, region } from '../../core/region.ts';
import { FLEET_FILE } from '../../functions/frame/fleets.ts';
import { storeInventory } from '../../functions/frame/keys/stored-inventory.ts';
import type { Runtime } from '../../functions/frame/runtime.ts';
import { type TriggerAnswer, trigger } from '../../functions/trigger/trigger.ts';
import { createRecordingBus, type RecordingBus } from '../../simulator/bus/recording-bus.ts';
import { skewed, VirtualClock } from '../../simulator/clock/virtual-clock.ts';
import { Seeded } from '../../simulator/random/seeded.ts';
import { createMemoryStore } from '../../simulator/store/memory-store.ts';
import { createMemoryTable, tableLatency } from '../../simulator/table/memory-table.ts';
import { executionsWith } from './executions.ts';
import { ACCOUNT, failing, keyRef, SOURCE, TARGET, THIRD } from './keys.ts';
import { plainKms } from './plain-kms.ts';
import { runtimeWith } from './runtime.ts';

/** The morning of the recorded Health events, just after the first of them. */
export const MORNING = Date.parse('2026-10-20T07:53:00Z');
export const MINUTE_MS = 60_000;

/** How KMS in one Region is. */
type Mood = 'well' | 'slow' | 'dark' | 'denied' | 'throttled';

/** One control Region with its `trigger`: a store, a bus and executions of its own, and the table that all share. */
export interface Decider {
  readonly runtime: Runtime;
  readonly bus: RecordingBus;
  /** The runs that were started here. */
  readonly started: readonly string[];
}

export interface DecidersOptions {
  /** One decider for each. */
  readonly controlRegions?: readonly string[];
  readonly moods?: Readonly<Record<string, Mood>>;
  /** What the fleet file says of the one fleet, `payments`, beside its ordinary fields. */
  readonly fleet?: Readonly<Record<string, unknown>>;
  readonly keys?: number;
  /** Whether the fleet has an inventory. */
  readonly isListed?: boolean;
  readonly seed?: string | number;
  readonly startsAt?: number;
  readonly statuses?: Readonly<Record<string, ExecutionStatus>>;
  /** What a test does to a decider’s ports. */
  readonly change?: (runtime: Runtime) => Partial<Runtime>;
}

export const FLEET = {
  accounts: [ACCOUNT],
  keys: { all: true },
  home: SOURCE,
  standbys: [TARGET, THIRD],
  posture: 'automatic',
};

/** A small world for deciding: a fleet of a few keys at home, Regions with moods, and one or two control Regions that look at them. */
export const deciders = async (options: DecidersOptions = {}) => {
  const clock = new VirtualClock(options.startsAt ?? MORNING);
  const random = new Seeded(options.seed ?? 1);
  const regions: readonly Region[] = [SOURCE, TARGET, THIRD];
  const keys: readonly KeyRef[] = Array.from({ length: options.keys ?? 4 }, (_, index) => keyRef(String(index + 1)));
  const moods = new Map<string, Mood>(Object.entries(options.moods ?? {}));
  const plain = plainKms(keys, regions);
  const kms = moody(plain.kms, clock, moods);
  const table = createMemoryTable({ clock, random: random.stream('table'), latency: tableLatency });
  const fleetFile = JSON.stringify({ fleets: { payments: { ...FLEET, ...options.fleet } } });

  const make = async (controlRegion: string): Promise<Decider> => {
    const bus = createRecordingBus();
    const { executions, started } = executionsWith(options.statuses);
    const store = createMemoryStore();
    await store.put(FLEET_FILE, fleetFile);
    const found = keys.map((key) => ({ ...key, listedIn: [], heldIn: [], otherFleets: [] }));
    if (options.isListed !== false)
      await storeInventory({ store, clock }, 'payments', { keys: found, notFound: [], listedAt: {}, ofNoFleet: undefined });
    const peerRegions = (options.controlRegions ?? []).filter((code) => code !== controlRegion).map(region);
    const parts = {
      peerRegions,
      clock: skewed(clock, 0),
      random: random.stream(controlRegion),
      table,
      store,
      bus,
      executions,
      kms,
      controlRegion: region(controlRegion),
    };
    const runtime = runtimeWith(parts);
    return { runtime: { ...runtime, ...options.change?.(runtime) }, bus, started };
  };
  const all = await Promise.all((options.controlRegions ?? ['us-east-2']).map(make));
  const [first] = all;
  if (first === undefined) throw new Error('Expected one control Region at least.');
  /** Gives an event to `trigger`, and lets time pass until it has answered. */
  const give = (event: unknown, decider: Decider = first): Promise<TriggerAnswer> => clock.run(trigger(event, decider.runtime));
  return { clock, table, moods, keys, ...plain, all, first, give, random };
};

/** The same KMS in Regions that are well or not: a dark one answers nobody, a slow one takes seconds. */
const moody = (plain: Kms, clock: VirtualClock, moods: ReadonlyMap<string, Mood>): Kms => {
  const there = async <T>(at: { readonly region: Region } | Region, silenceMs: number, call: () => Promise<T>) => {
    const mood = moods.get(typeof at === 'string' ? at : at.region) ?? 'well';
    await clock.sleep(mood === 'dark' ? silenceMs : mood === 'slow' ? 2_500 : 80);
    if (mood === 'dark') return failing('unreachable');
    return mood === 'denied' || mood === 'throttled' ? failing(mood) : call();
  };
  return {
    ...plain,
    describe: (key) => there(key, 18_000, () => plain.describe(key)),
    probe: (key) => there(key, 10_000, () => plain.probe(key)),
    promote: (key, target) => there(key, 10_000, () => plain.promote(key, target)),
    listKeys: (account, at, msMax) => there(at, 18_000, () => plain.listKeys(account, at, msMax)),
  };
};
