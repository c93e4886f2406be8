import { type Fleet, fleetSchema } from '../core/fleet/schema.ts';
import { keyName } from '../core/key/key.ts';
import { Seeded } from '../simulator/random/seeded.ts';
import { populate } from '../simulator/story/population.ts';
import { createMemoryTable, tableLatency } from '../simulator/table/memory-table.ts';
import { createWorld, type World } from '../simulator/world/world.ts';
import { FailingCalls, SettlingWatch } from './faults.ts';
import { countedStore, countedTable, emptyLedger, type Ledger } from './ledger.ts';
import type { RowAsk } from './row.ts';

export const SOURCE = 'us-east-1';
export const TARGET = 'us-west-2';
const THIRD = 'eu-west-1';
export const REGIONS = [SOURCE, TARGET, THIRD] as const;
export const FLEET_NAME = 'bench';
export const STARTS_AT = Date.parse('2026-11-17T09:00:00Z');
const FIRST_ACCOUNT = 111_122_223_333;

/** The same world for every contender: the fleet's keys with their primaries in the source, and a replica in two other Regions. */
export interface BenchWorld {
  readonly ask: RowAsk;
  readonly world: World;
  readonly fleet: Fleet;
  readonly ledger: Ledger;
  /** How long KMS took to settle each key, by account and key ID, in milliseconds. */
  readonly settledIn: ReadonlyMap<string, number>;
  /** The fleet's keys, as an engineer's own list would have them. */
  readonly keys: ReadonlyArray<{ readonly account: string; readonly keyId: string }>;
}

export const createBenchWorld = (ask: RowAsk): BenchWorld => {
  const accounts = Array.from({ length: ask.accounts }, (_, index) => String(FIRST_ACCOUNT + index));
  const fleet = fleetSchema.parse({
    accounts,
    keys: { aliases: ['alias/bench/*'] },
    home: SOURCE,
    standbys: [TARGET, THIRD],
    posture: 'automatic',
  });
  const ledger = emptyLedger();
  const random = new Seeded(ask.seed);
  const settling = new SettlingWatch(random.stream('bench settling'));
  const world = createWorld({
    seed: ask.seed,
    startsAt: STARTS_AT,
    accounts,
    regions: REGIONS,
    watch: (store) => countedStore(store, ledger),
    table: (clock) => countedTable(createMemoryTable({ clock, random: random.stream('table'), latency: tableLatency }), ledger),
    faults: () => [settling, ...(ask.scenario === 'failing' ? [new FailingCalls(random.stream('bench failing'))] : [])],
  });
  populate(world, {
    keys: ask.keys,
    accounts,
    primary: SOURCE,
    replicas: REGIONS.filter((region) => region !== SOURCE),
    aliasOf: (index) => `alias/bench/${String(index + 1).padStart(6, '0')}`,
  });
  const settledIn = new Map<string, number>();
  world.kms.onAccepted((promotion) => settledIn.set(keyName(promotion), settling.lastMs));
  const keys = world.kms.truth().keys.map(({ account, keyId }) => ({ account, keyId }));
  return { ask, world, fleet, ledger, settledIn, keys };
};
