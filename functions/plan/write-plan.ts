import { type Batch, type Stage, WAY_BACK, WAY_THERE } from '../../core/batch/batch.ts';
import type { KeyRecord } from '../../core/batch/record.ts';
import { split } from '../../core/batch/split.ts';
import { mayBeAway, wayBack } from '../../core/batch/way-back.ts';
import { type Intent, withRun } from '../../core/coordination/intent.ts';
import type { Start } from '../../core/decision/start.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { type FoundKey, remembered, unlisted } from '../../core/inventory/inventory.ts';
import { driftNote, incompleteNote, ofNoFleetNotes } from '../../core/inventory/notes.ts';
import { keyName } from '../../core/key/key.ts';
import type { AccountId, Region } from '../../core/region.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { changeItem } from '../frame/item.ts';
import type { Findings } from '../frame/keys/find-keys.ts';
import { storeInventory } from '../frame/keys/stored-inventory.ts';
import { paceOf } from '../frame/quotas.ts';
import { createBatches } from '../frame/run/batches.ts';
import { fencedBy } from '../frame/run/fence.ts';
import { createRun, type RunFile } from '../frame/run/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { announce } from '../frame/telling/announce.ts';
import { callOff } from './called-off.ts';
import type { CarriedOver } from './carry-over.ts';
import { exceptionNotes, isLeftOut } from './exceptions.ts';
import { sampled } from './sample.ts';

/** What a plan is written from. */
export interface Planning {
  readonly runId: string;
  readonly request: RunRequest;
  readonly start: Start;
  readonly fleet: Fleet;
  readonly findings: Findings;
  /** What the intent's earlier runs knew of the keys. */
  readonly carried: CarriedOver;
  /** The number under which the run got the lease. */
  readonly fence: number;
}

/** A drill that is taken up again moves nothing there any more: it brings home what is away. */
const stagesOf = ({ operation }: RunRequest, isTakenUpAgain: boolean): readonly Stage[] => {
  if (operation !== 'drill') return WAY_THERE;
  return isTakenUpAgain ? WAY_BACK : [...WAY_THERE, ...WAY_BACK];
};

/**
 * Writes a run down: its batches, the inventory, its place among the intent's runs, and last the run file, which makes the plan
 * valid. Whatever a plan that died left before that is replaced.
 * @returns the stages that the run goes through
 */
export const writePlan = async (unfenced: Runtime, planning: Planning): Promise<readonly Stage[]> => {
  const { runId, request, findings, carried, fence } = planning;
  const runtime = fencedBy(unfenced, { runId, fence, fleetName: request.fleet });
  const now = runtime.clock.now();
  const { records, leftOut } = recordsOf(planning, now);
  const stages = stagesOf(request, carried.from !== undefined);
  const [pace, batches] = await Promise.all([
    paceOf(runtime, request.fleet, planning.fleet),
    stages[0] === 'back' ? wayBack(records, request.source, request.target) : canariesFirst(runtime, records, request.target),
  ]);
  const fleet: Fleet = { ...planning.fleet, ratePerSecond: pace.ratePerSecond };
  const intent = intentId(request);
  const incomplete = incompleteNote(unlistedIn(fleet, request, findings, now), request.source, findings.listedAt, now);
  await Promise.all([storeInventory(runtime, request.fleet, findings), createBatches(runtime, runId, batches)]);
  const written = await changeItem<Intent, Intent>(runtime, 'intent', intent, (current) => {
    // What was started for an intent is not wanted any more once that is closed; a person who starts a run wants it anew.
    if (current?.state === 'closed' && planning.start.by !== 'person') return { answer: current };
    const next = withRun(current, request, runId, now);
    return { store: next, answer: next };
  });
  if (written.state === 'closed')
    return callOff(
      unfenced,
      { runId, fleet: request.fleet },
      `intent: it was closed meanwhile (${written.closedBecause ?? 'its keys are through'})`,
    );
  const run: RunFile = {
    runId,
    intent,
    generation: written.runs.indexOf(runId) + 1,
    request,
    start: planning.start.by,
    fleetName: request.fleet,
    fleet,
    fence,
    startedAt: now,
    stages,
    batchCount: batches.length,
    inventoryComplete: incomplete === undefined,
    notes: [
      ...findings.notes,
      ...(incomplete === undefined ? [] : [incomplete]),
      ...(request.operation === 'failover' ? ofNoFleetNotes(findings.ofNoFleet) : []),
      ...exceptionNotes(fleet, leftOut, now),
      ...pace.notes,
    ],
  };
  await createRun(runtime, run);
  await tellStart(unfenced, run, records.length);
  return stages;
};

const canariesFirst = async (runtime: Runtime, records: readonly KeyRecord[], target: Region): Promise<readonly Batch[]> =>
  split(await sampled(runtime, records, target), target);

/** One record per key that the run is about, with what the intent's earlier runs knew of it; and the keys that it leaves out. */
const recordsOf = (
  { request, fleet, findings, carried }: Planning,
  now: number,
): { readonly records: readonly KeyRecord[]; readonly leftOut: readonly KeyRecord[] } => {
  const found = new Set(findings.keys.map(keyName));
  const away = carried.away.filter((key) => !found.has(keyName(key)));
  const keys: readonly FoundKey[] = [...findings.keys, ...away.map(remembered)];
  const all = keys.map((key): KeyRecord => {
    const drift = driftNote(key, findings.answered.get(key.account) ?? []);
    return { ...carried.recordOf(key), otherFleets: key.otherFleets, notes: drift === undefined ? [] : [drift] };
  });
  // A key that an earlier run may have taken away comes home, whatever the fleet file says of it by now.
  const isOut = (record: KeyRecord): boolean => !mayBeAway(record) && isLeftOut(fleet, request.operation, record, now);
  return { records: all.filter((record) => !isOut(record)), leftOut: all.filter(isOut) };
};

/** Where the fleet file names each key, none can be missing. */
const unlistedIn = (fleet: Fleet, { source }: RunRequest, { listedAt }: Findings, now: number): readonly AccountId[] =>
  'ids' in fleet.keys ? [] : unlisted(fleet.accounts, source, listedAt, now);

const tellStart = (runtime: Runtime, run: RunFile, keys: number): Promise<void> =>
  announce(runtime, [
    {
      detailType: 'Run Started',
      detail: {
        eventId: `${run.runId}/started`,
        runId: run.runId,
        intent: run.intent,
        generation: run.generation,
        ...run.request,
        startedBy: run.start,
        keys,
        batches: run.batchCount,
        at: run.startedAt,
      },
    },
  ]);
