import { askForLease, type Lease, type LeaseAnswer } from '../../core/coordination/lease.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';

/** Asks for the fleet's lease on behalf of a run: taken, to be waited for, or refused. */
export const takeLease = async (runtime: Runtime, runId: string, request: RunRequest): Promise<LeaseAnswer> => {
  const current = await runtime.table.read<Lease>('lease', request.fleet);
  const holder = current?.value.released === false ? current.value.holder : undefined;
  const holderStatus = holder === undefined || holder === runId ? undefined : await runtime.executions.status(holder);
  const holderEnded = holderStatus !== undefined && holderStatus !== 'RUNNING';
  return changeItem<Lease, LeaseAnswer>(runtime, 'lease', request.fleet, (lease) => {
    const ended = holderEnded && lease?.holder === holder;
    const answer = askForLease(lease, { runId, operation: request.operation, now: runtime.clock.now(), holderEnded: ended });
    return { store: answer.kind === 'taken' || answer.kind === 'preempting' ? answer.lease : undefined, answer };
  });
};
