import type { Intent } from '../../core/coordination/intent.ts';
import type { Lease } from '../../core/coordination/lease.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { AccountId } from '../../core/region.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import { NO_CALLS, type SentCalls, withCalls } from '../../core/stranger/calls.ts';
import { loadAllBatches } from '../frame/run/batches.ts';
import { findRun } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';

/** How many of a fleet's latest runs may have sent a call that CloudTrail tells of up to 15 minutes later. */
const RUNS_MAX = 6;

/** The fleets that have keys in an account. */
export const fleetsIn = (fleets: ReadonlyMap<string, Fleet>, account: AccountId): readonly string[] =>
  [...fleets].flatMap(([name, fleet]) => (fleet.accounts.includes(account) ? [name] : []));

/** The run that has the fleets' leases at present, or had them last. */
export const holders = async (runtime: Runtime, fleetNames: readonly string[]): Promise<readonly string[]> => {
  const leases = await Promise.all(fleetNames.map((name) => runtime.table.read<Lease>('lease', name)));
  return leases.flatMap((lease) => lease?.value.holder ?? []);
};

/** The latest runs of the fleets' intents, the one that has the lease among them. */
export const latestRuns = async (runtime: Runtime, fleetNames: readonly string[]): Promise<readonly string[]> => {
  const intents = await runtime.table.list<Intent>('intent');
  const runs = fleetNames.flatMap((name) =>
    intents
      .filter(({ value }) => value.request.fleet === name)
      .toSorted((a, b) => b.value.openedAt - a.value.openedAt)
      .flatMap(({ value }) => value.runs.toReversed())
      .slice(0, RUNS_MAX),
  );
  return [...new Set([...(await holders(runtime, fleetNames)), ...runs])];
};

/** What the runs know of their calls. `elsewhere`: one of them is a run of the other control Region, where its batches lie. */
export const callsOf = async (
  runtime: Runtime,
  runIds: readonly string[],
): Promise<{ readonly calls: SentCalls; readonly elsewhere: boolean }> => {
  let calls = NO_CALLS;
  let elsewhere = false;
  for (const runId of runIds) {
    const run = await findRun(runtime, runId);
    if (run === undefined) {
      elsewhere ||= await isElsewhere(runtime, runId);
      continue;
    }
    for (const { records, target } of await loadAllBatches(runtime, run)) calls = withCalls(calls, records, target, run.startedAt);
  }
  return { calls, elsewhere };
};

/** A run that was announced or started here and has no plan never got to one. */
const isElsewhere = async (runtime: Runtime, runId: string): Promise<boolean> => {
  const [announced, status] = await Promise.all([runtime.table.read<AnnouncedRun>('run', runId), runtime.executions.status(runId)]);
  return status === undefined && announced?.value.controlRegion !== runtime.controlRegion;
};
