import { STAGES, type Stage } from '../../core/batch/batch.ts';
import { split } from '../../core/batch/split.ts';
import { wayBack } from '../../core/batch/way-back.ts';
import { type Intent, withRun } from '../../core/coordination/intent.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { driftNote, incompleteNote, unlisted } from '../../core/inventory/inventory.ts';
import type { AccountId } from '../../core/region.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { createBatches } from '../frame/batches.ts';
import { type Findings, storeInventory } from '../frame/find-keys.ts';
import { changeItem } from '../frame/item.ts';
import { createRun, type RunFile } from '../frame/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { carriedOver } from './carry-over.ts';
import { sampled } from './sample.ts';

/** A drill that is taken up again moves nothing there any more: it brings home what is away. */
const stagesOf = ({ operation }: RunRequest, isTakenUpAgain: boolean): readonly Stage[] => {
  if (operation !== 'drill') return ['canary', 'rest', 'sweep'];
  return isTakenUpAgain ? ['back', 'back-sweep'] : STAGES;
};

/**
 * Writes a run down: its batches, the inventory, its place among the intent's runs, and last the run file, which makes the plan
 * valid. Whatever a plan that died left before that is replaced.
 * @returns the stages that the run goes through
 */
export const writePlan = async (
  runtime: Runtime,
  runId: string,
  request: RunRequest,
  fleet: Fleet,
  findings: Findings,
  fence: number,
): Promise<readonly Stage[]> => {
  const now = runtime.clock.now();
  const intent = intentId(request);
  const before = (await runtime.table.read<Intent>('intent', intent))?.value;
  const carried = await carriedOver(runtime, before?.runs.filter((run) => run !== runId) ?? []);
  const records = findings.keys.map((key) => {
    const drift = driftNote(key, findings.answered.get(key.account) ?? []);
    return { ...carried.recordOf(key), otherFleets: key.otherFleets, notes: drift === undefined ? [] : [drift] };
  });
  const stages = stagesOf(request, carried.from !== undefined);
  const batches =
    stages[0] === 'back'
      ? wayBack(records, request.source, request.target)
      : split(await sampled(runtime, records, request.target), request.target);

  await storeInventory(runtime, request.fleet, findings);
  const incomplete = incompleteNote(unlistedIn(fleet, request, findings, now), request.source);
  await createBatches(runtime, runId, batches);
  const written = await changeItem<Intent, Intent>(runtime, 'intent', intent, (current) => {
    const next = withRun(current, request, runId, now);
    return { store: next, answer: next };
  });
  const run: RunFile = {
    runId,
    intent,
    generation: written.runs.indexOf(runId) + 1,
    request,
    fleetName: request.fleet,
    fleet,
    fence,
    startedAt: now,
    stages,
    batchCount: batches.length,
    inventoryComplete: incomplete === undefined,
    notes: incomplete === undefined ? findings.notes : [...findings.notes, incomplete],
  };
  await createRun(runtime, run);
  return stages;
};

/** Where the fleet file names each key, none can be missing. */
const unlistedIn = (fleet: Fleet, { source }: RunRequest, { listedAt }: Findings, now: number): readonly AccountId[] =>
  'ids' in fleet.keys ? [] : unlisted(fleet.accounts, source, listedAt, now);
