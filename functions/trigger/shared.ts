import { type Intent, isWaiting, supersededBy, withIncidentOn } from '../../core/coordination/intent.ts';
import type { Lease } from '../../core/coordination/lease.ts';
import { isSameWay, type Sharing, sharedRun } from '../../core/coordination/shared-run.ts';
import type { FleetHistory } from '../../core/decision/history.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { recoveryRecord } from './recovery-record.ts';
import { withdraw } from './watches.ts';

/** Reads the intents, so that it can be said, also under the watch list's version, with which incident this run is shared. */
export const sharingOf = async (runtime: Pick<Runtime, 'table' | 'clock' | 'executions'>, request: RunRequest): Promise<Sharing> => {
  const intents = new Map((await runtime.table.list<Intent>('intent')).map(({ id, value }) => [id, value]));
  const spent = await spentOf(runtime, request, intents);
  return (all) => sharedRun(all, request, intents, runtime.clock.now(), spent);
};

/**
 * The intents that are open and from which nothing comes any more: another run has had the fleet since, or a person has stopped the
 * last run's execution. They wait for a person, so another incident has to have a run of its own.
 */
const spentOf = async (
  runtime: Pick<Runtime, 'table' | 'clock' | 'executions'>,
  request: RunRequest,
  intents: ReadonlyMap<string, Intent>,
): Promise<ReadonlySet<string>> => {
  const { table, executions, clock } = runtime;
  const spent = new Set<string>();
  for (const [id, intent] of intents) {
    const runId = intent.runs.at(-1);
    if (runId === undefined || !isWaiting(intent, clock.now()) || !isSameWay(intent.request, request)) continue;
    const lease = (await table.read<Lease>('lease', request.fleet))?.value;
    const history = (await table.read<FleetHistory>('fleet', request.fleet))?.value;
    const isTaken = intent.planned && supersededBy(id, intent, lease, history?.lastMove) !== undefined;
    if (isTaken || (await executions.status(runId)) === 'ABORTED') spent.add(id);
  }
  return spent;
};

/** Another incident of the same trouble has joined the intent: whatever its own says, the trouble goes on, and nobody need say whether its keys follow. */
export const goesOn = async (runtime: Runtime, request: RunRequest): Promise<void> => {
  const id = intentId(request);
  const overAt = (await runtime.table.read<Intent>('intent', id))?.value.incidentOverAt;
  if (overAt === undefined) return;
  await replaceItem<Intent>(runtime, 'intent', id, withIncidentOn);
  await withdraw(runtime, recoveryRecord(request, overAt), 'another incident of the same trouble goes on');
};
