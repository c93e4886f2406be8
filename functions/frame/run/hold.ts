import { isHomeward, type Stage } from '../../../core/batch/batch.ts';
import { type Breaker, isOpen } from '../../../core/coordination/breaker.ts';
import { extended, holds, isTakenOver, LEASE_MS, type Lease } from '../../../core/coordination/lease.ts';
import type { ReasonOf } from '../../../core/outcome/reasons.ts';
import { incidentsOf } from '../deciding/incidents.ts';
import { changeItem } from '../item.ts';
import type { Runtime } from '../runtime.ts';
import type { RunFile } from './run-file.ts';

/**
 * Whether a run may attempt further keys. `halt`: no more of them, and why; what it began is read to its end and written down.
 * `lost`: the fleet went to another run, which decides about the keys now, so nothing is left to do or to write.
 */
type Hold =
  | { readonly kind: 'held'; readonly expiresAt: number }
  | { readonly kind: 'halt'; readonly reason: ReasonOf<'halted'> }
  | { readonly kind: 'lost' };

/** Reads whether the run still holds its fleet and nobody told it to stop. Changes nothing. */
export const lookAtHold = async (runtime: Runtime, run: RunFile, stage: Stage): Promise<Hold> => {
  const [lease, signs] = await Promise.all([runtime.table.read<Lease>('lease', run.fleetName), signsFor(runtime, run)]);
  return judge(run, stage, runtime.clock.now(), lease?.value, signs);
};

/**
 * The same, and the lease is extended when less than two thirds of it are left, so that no Wait outlives it. One that ran out while
 * nobody asked for it is taken up again: a drill's keys shall come home however long its functions lay still.
 */
export const keepHold = async (runtime: Runtime, run: RunFile, stage: Stage): Promise<Hold> => {
  const [lease, signs] = await Promise.all([runtime.table.read<Lease>('lease', run.fleetName), signsFor(runtime, run)]);
  const now = runtime.clock.now();
  const ahead = (item: Lease | undefined): Hold => judge(run, stage, now, extended(item, run, now) ?? item, signs);
  const hold = ahead(lease?.value);
  if (hold.kind !== 'held') return hold;
  if (lease !== undefined && lease.value.expiresAt - now > (LEASE_MS * 2) / 3) return { kind: 'held', expiresAt: lease.value.expiresAt };
  return changeItem<Lease, Hold>(runtime, 'lease', run.fleetName, (current) => {
    const still = ahead(current);
    return { store: still.kind === 'held' ? extended(current, run, now) : undefined, answer: still };
  });
};

/** What besides the lease may tell a run to attempt no further key. */
interface Signs {
  readonly breaker: Breaker | undefined;
  /** Of a drill: whether the Region that it goes to is in trouble by now. */
  readonly isTargetInTrouble: boolean;
}

const signsFor = async (runtime: Runtime, { runId, fleetName, request }: RunFile): Promise<Signs> => {
  const [breaker, incidents] = await Promise.all([
    runtime.table.read<Breaker>('breaker', runId),
    request.operation === 'drill' ? incidentsOf(runtime, fleetName) : [],
  ]);
  return { breaker: breaker?.value, isTargetInTrouble: incidents.some(({ region }) => region === request.target) };
};

/**
 * Who is stopped, called home or braked may still bring a drill's keys home: they are safest where they came from. Only an operation
 * of a higher class keeps it from that, and decides about the keys itself.
 */
const judge = (run: RunFile, stage: Stage, now: number, lease: Lease | undefined, signs: Signs): Hold => {
  if (lease !== undefined && isTakenOver(lease, run)) return { kind: 'lost' };
  if (!holds(lease, run.runId, now)) return { kind: 'halt', reason: 'PREEMPTED' };
  const goesHome = isHomeward(stage);
  if (lease.stoppedBy !== undefined && !goesHome) return { kind: 'halt', reason: 'STOPPED' };
  if (lease.preemptedBy !== undefined) return { kind: 'halt', reason: 'PREEMPTED' };
  if (goesHome) return { kind: 'held', expiresAt: lease.expiresAt };
  if (lease.calledHome !== undefined || signs.isTargetInTrouble) return { kind: 'halt', reason: 'CALLED_HOME' };
  return isOpen(signs.breaker) ? { kind: 'halt', reason: 'BREAKER_OPEN' } : { kind: 'held', expiresAt: lease.expiresAt };
};
