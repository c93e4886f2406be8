import { askForLease, type Lease, type LeaseAnswer } from '../../core/coordination/lease.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { changeItem } from '../frame/item.ts';
import { hasEnded } from '../frame/run/has-ended.ts';
import type { Runtime } from '../frame/runtime.ts';

/** How soon a plan asks again for a lease: soon enough to follow closely when a pre-empted run gives it back. */
export const ASK_AGAIN_SECONDS = 10;

/** Who wants the lease, and of what class. */
type Claim = Pick<RunRequest, 'fleet' | 'operation'>;

/** What the lease would answer now, without asking for it: so a plan that has to wait lists no keys meanwhile. */
export const lookAtLease = async (runtime: Runtime, runId: string, { fleet, operation }: Claim): Promise<LeaseAnswer> => {
  const current = await runtime.table.read<Lease>('lease', fleet);
  const ended = await holderEnded(runtime, runId, current?.value);
  return askForLease(current?.value, { runId, operation, now: runtime.clock.now(), holderEnded: ended });
};

/** Asks for the fleet's lease on behalf of a run: taken, to be waited for, or refused. */
export const takeLease = async (runtime: Runtime, runId: string, { fleet, operation }: Claim): Promise<LeaseAnswer> => {
  const seen = (await runtime.table.read<Lease>('lease', fleet))?.value;
  const seenEnded = await holderEnded(runtime, runId, seen);
  return changeItem<Lease, LeaseAnswer>(runtime, 'lease', fleet, (lease) => {
    const ended = seenEnded && lease?.holder === seen?.holder;
    const answer = askForLease(lease, { runId, operation, now: runtime.clock.now(), holderEnded: ended });
    return { store: answer.kind === 'taken' || answer.kind === 'preempting' ? answer.lease : undefined, answer };
  });
};

/** Whether the run that holds the lease is known to have ended without giving it back. */
const holderEnded = async (runtime: Runtime, runId: string, lease: Lease | undefined): Promise<boolean> => {
  if (lease === undefined || lease.released || lease.holder === runId) return false;
  return hasEnded(runtime, lease.holder);
};
