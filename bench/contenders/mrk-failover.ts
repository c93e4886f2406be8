import { type Intent, isWaiting } from '../../core/coordination/intent.ts';
import { fleetSchema } from '../../core/fleet/schema.ts';
import { keyName } from '../../core/key/key.ts';
import { region } from '../../core/region.ts';
import { intentId, runName } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { inputFor } from '../../core/run/request-from.ts';
import { TICK } from '../../core/signal/parse.ts';
import { FLEET_FILE } from '../../functions/frame/fleets.ts';
import { loadStoredBatches } from '../../functions/frame/run/batches.ts';
import { findRun } from '../../functions/frame/run/run-file.ts';
import { deliver } from '../../simulator/lambda/deliver.ts';
import { evidenceOf } from '../../simulator/story/evidence-of.ts';
import type { World } from '../../simulator/world/world.ts';
import { type BenchWorld, FLEET_NAME, SOURCE, TARGET } from '../world.ts';
import type { Contender, Finish, Report } from './contender.ts';

const TICK_MS = 60_000;
const TICKS_MAX = 30;
/** A new fleet is left alone for ten minutes, then a tick lists it; another goes on where one had too little time. */
const QUIET_TICKS = 25;
const MOVED: ReadonlySet<string> = new Set(['promoted', 'already-primary', 'unproven']);

/** This project, from the start of its execution to the report, with the deployed definition and functions. */
export const mrkFailover: Contender = {
  name: 'mrk-failover',
  sentence: 'this project',
  ratePerSecond: fleetSchema.shape.ratePerSecond.parse(undefined),
  // The schedule has listed the fleet within the last hour, as it does in quiet times.
  prepare: async ({ world, fleet }) => {
    await world.store.put(FLEET_FILE, JSON.stringify({ fleets: { [FLEET_NAME]: fleet } }));
    for (let tick = 0; tick < QUIET_TICKS; tick += 1) {
      await deliver(world.clock, () => world.invoke('trigger', TICK));
      await world.clock.sleep(TICK_MS);
    }
  },
  move: async (bench) => {
    const { world } = bench;
    const request: RunRequest = {
      fleet: FLEET_NAME,
      operation: 'failover',
      source: region(SOURCE),
      target: region(TARGET),
      incident: 'bench',
    };
    await world.stepFunctions.start(runName(intentId(request), 1), inputFor(request));
    await Promise.all([world.stepFunctions.execution(runName(intentId(request), 1))?.done]);
    for (let tick = 0; tick < TICKS_MAX && (await isAnybodyWaiting(world)); tick += 1) {
      await world.clock.sleep(TICK_MS);
      await deliver(world.clock, () => world.invoke('trigger', TICK));
      await allRunsEnded(world);
    }
    return told(bench);
  },
};

const intents = async (world: World): Promise<readonly Intent[]> => (await world.table.list<Intent>('intent')).map(({ value }) => value);

const allRunsEnded = async (world: World): Promise<void> => {
  const runs = (await intents(world)).flatMap((intent) => intent.runs);
  await Promise.all(runs.map((runId) => world.stepFunctions.execution(runId)?.done));
  const later = (await intents(world)).flatMap((intent) => intent.runs);
  if (later.length > runs.length) await allRunsEnded(world);
};

const isAnybodyWaiting = async (world: World): Promise<boolean> =>
  (await intents(world)).some((intent) => isWaiting(intent, world.clock.now()));

const told = async ({ world }: BenchWorld): Promise<Finish> => {
  const runIds = (await intents(world)).flatMap(({ runs }) => runs);
  const reports = new Map<string, Report>();
  let stateTransitions = 0;
  for (const runId of runIds) {
    stateTransitions += world.stepFunctions.execution(runId)?.stateTransitions ?? 0;
    for (const line of (await evidenceOf(world.store, runId))?.lines ?? []) {
      const before = reports.get(keyName(line));
      if (before?.moved !== true) reports.set(keyName(line), { moved: MOVED.has(line.outcome), at: line.verifiedAt ?? world.clock.now() });
    }
  }
  return { reports, stateTransitions, laneIdleMs: await laneIdleMs(world, runIds[0] ?? '') };
};

/** The longest pause between two calls of an account's keys, after its canary and before the sweep. */
const laneIdleMs = async (world: World, runId: string): Promise<number | null> => {
  const run = await findRun(world, runId);
  if (run === undefined) return null;
  const rest = (await loadStoredBatches(world, run)).map(({ batch }) => batch).filter(({ stage }) => stage === 'rest');
  const perAccount = Map.groupBy(rest, ({ account }) => account);
  const gaps = [...perAccount.values()].flatMap((batches) => {
    const times = batches.flatMap(({ records }) => records.flatMap(({ sentAt }) => sentAt ?? [])).toSorted((a, b) => a - b);
    return times.map((at, index) => at - (times[index - 1] ?? at));
  });
  return gaps.reduce((longest, gap) => Math.max(longest, gap), 0);
};
