import { type Intent, withIncidentOn } from '../../core/coordination/intent.ts';
import { type Sharing, sharedRun } from '../../core/coordination/shared-run.ts';
import { intentId } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { recoveryRecord } from './recovery-record.ts';
import { withdraw } from './watches.ts';

/** Reads the intents, so that it can be said, also under the watch list's version, with which incident this run is shared. */
export const sharingOf = async (runtime: Pick<Runtime, 'table' | 'clock'>, request: RunRequest): Promise<Sharing> => {
  const intents = new Map((await runtime.table.list<Intent>('intent')).map(({ id, value }) => [id, value]));
  return (all) => sharedRun(all, request, intents, runtime.clock.now());
};

/** Another incident of the same trouble has joined the intent: whatever its own says, the trouble goes on, and nobody need say whether its keys follow. */
export const goesOn = async (runtime: Runtime, request: RunRequest): Promise<void> => {
  const id = intentId(request);
  const overAt = (await runtime.table.read<Intent>('intent', id))?.value.incidentOverAt;
  if (overAt === undefined) return;
  await replaceItem<Intent>(runtime, 'intent', id, withIncidentOn);
  await withdraw(runtime, recoveryRecord(request, overAt), 'another incident of the same trouble goes on');
};
