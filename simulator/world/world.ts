import { FUNCTION_TIMEOUT_SECONDS, type FunctionName } from '../../core/limits.ts';
import type { Store } from '../../core/ports/store.ts';
import type { Table } from '../../core/ports/table.ts';
import type { Runtime } from '../../functions/frame/runtime.ts';
import definition from '../../statemachine/failover.asl.json' with { type: 'json' };
import type { JsonValue } from '../asl/json.ts';
import { StepFunctions } from '../asl/step-functions.ts';
import { createRecordingBus, type RecordingBus } from '../bus/recording-bus.ts';
import { VirtualClock } from '../clock/virtual-clock.ts';
import type { KmsFault } from '../faults/kms-fault.ts';
import { KmsSimulator } from '../kms/kms-simulator.ts';
import { Crashes } from '../lambda/crashes.ts';
import { Lambda } from '../lambda/lambda.ts';
import { Seeded } from '../random/seeded.ts';
import { createMemoryStore, storeLatency } from '../store/memory-store.ts';
import { createMemoryTable, tableLatency } from '../table/memory-table.ts';
import { TaggingSimulator } from '../tagging/tagging-simulator.ts';
import { FUNCTIONS } from './functions.ts';
import { instanceRuntime } from './instance-runtime.ts';
import { observed, type PortCall } from './observed.ts';
import { runBegins } from './run-begins.ts';

export interface WorldOptions {
  readonly seed: string | number;
  readonly startsAt: number;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** KMS faults, made when the world's clock and chance exist. */
  readonly faults?: (clock: VirtualClock, random: Seeded) => readonly KmsFault[];
  /** Whether invocations die after an effect. */
  readonly crashes?: boolean;
  /** The coordination table, when it shall be another than the one in memory. */
  readonly table?: (clock: VirtualClock) => Table;
  /** Puts something between the functions and the working bucket, to watch what is stored. */
  readonly watch?: (store: Store) => Store;
  readonly log?: (message: string, facts: Readonly<Record<string, unknown>>) => void;
  /** Told of the figures that the functions give to CloudWatch. */
  readonly measure?: Runtime['measure'];
  /** Told of everything that a function asks of a port, at the moment it asks. */
  readonly onCall?: (call: PortCall) => void;
}

/** The strength of the fault that kills functions: a share of the invocations, and at least one for so many keys. */
const CRASH_RATE = 0.05;
const KEYS_PER_CRASH = 50;
const MEMORY_MB = 512;

/** AWS for one process: KMS, Lambda, Step Functions, the stores and a clock, all from one seed, running the deployed files. */
export interface World {
  readonly clock: VirtualClock;
  readonly random: Seeded;
  readonly kms: KmsSimulator;
  readonly table: Table;
  readonly store: Store;
  readonly bus: RecordingBus;
  readonly lambda: Lambda;
  readonly stepFunctions: StepFunctions;
  readonly crashes: Crashes | undefined;
  /** Calls a function as EventBridge or the schedule would. */
  readonly invoke: (name: FunctionName, payload: unknown) => Promise<JsonValue>;
}

/** The name of the function behind a substitution of the definition: `${PlanFunctionArn}` is plan. */
const functionBehind = (substitution: string): string => /^\$\{(\w+)FunctionArn\}$/.exec(substitution)?.[1]?.toLowerCase() ?? substitution;

export const createWorld = (options: WorldOptions): World => {
  const random = new Seeded(options.seed);
  const clock = new VirtualClock(options.startsAt);
  const faults = options.faults?.(clock, random.stream('faults')) ?? [];
  const kms = new KmsSimulator({ clock, random: random.stream('kms'), accounts: options.accounts, regions: options.regions, faults });
  const tagging = new TaggingSimulator({ kms, clock, random: random.stream('tagging'), faults });
  const table = options.table?.(clock) ?? createMemoryTable({ clock, random: random.stream('table'), latency: tableLatency });
  const bucket = createMemoryStore({ clock, random: random.stream('store'), latency: storeLatency });
  const store = options.watch?.(bucket) ?? bucket;
  const bus = createRecordingBus();
  const crashes =
    options.crashes === true
      ? new Crashes({ random: random.stream('crashes'), rate: CRASH_RATE, keysPerStrike: KEYS_PER_CRASH })
      : undefined;
  const lambda = new Lambda({ clock, random: random.stream('lambda'), ...(crashes === undefined ? {} : { crashes }) });
  const stepFunctions = new StepFunctions({
    definition,
    clock,
    random: random.stream('step functions'),
    invoke: (name, payload) => lambda.invoke(functionBehind(name), payload),
    onStart: (runId) => void runBegins(runId, { clock, random: random.stream('run begins'), lambda }),
  });
  const surroundings = {
    kms,
    tagging,
    table,
    store,
    bus,
    executions: stepFunctions,
    random: random.stream('jitter'),
    keyAttempted: () => crashes?.keyAttempted(),
    log: options.log ?? (() => undefined),
    measure: options.measure ?? (() => undefined),
  };
  for (const [name, createHandler] of Object.entries(FUNCTIONS)) {
    lambda.register(name, {
      createInstance: (instance) => createHandler(observed(instanceRuntime(surroundings, instance), name as FunctionName, options.onCall)),
      timeoutSeconds: FUNCTION_TIMEOUT_SECONDS[name as FunctionName],
      memoryMb: MEMORY_MB,
    });
  }
  return {
    clock,
    random,
    kms,
    table,
    store,
    bus,
    lambda,
    stepFunctions,
    crashes,
    invoke: (name, payload) => lambda.invoke(name, JSON.parse(JSON.stringify(payload))),
  };
};
