import { isHomeward, type Stage } from '../../core/batch/batch.ts';
import { type Breaker, isOpen } from '../../core/coordination/breaker.ts';
import { extended, holds, LEASE_MS, type Lease } from '../../core/coordination/lease.ts';
import type { ReasonOf } from '../../core/outcome/reasons.ts';
import { changeItem } from './item.ts';
import type { RunFile } from './run-file.ts';
import type { Runtime } from './runtime.ts';

/** Whether a run may attempt further keys; if not, why. */
export type Hold = { readonly kind: 'held'; readonly expiresAt: number } | { readonly kind: 'halt'; readonly reason: ReasonOf<'halted'> };

/**
 * Reads whether the run still holds its fleet and nobody told it to stop. Changes nothing.
 * An open breaker does not keep a drill from bringing its keys home: they are safest where they came from.
 */
export const lookAtHold = async (runtime: Runtime, run: RunFile, stage: Stage): Promise<Hold> => {
  const [lease, breaker] = await Promise.all([
    runtime.table.read<Lease>('lease', run.fleetName),
    runtime.table.read<Breaker>('breaker', run.runId),
  ]);
  return judge(run, runtime.clock.now(), lease?.value, isHomeward(stage) ? undefined : breaker?.value);
};

/** The same, and the lease is extended when less than two thirds of it are left, so that no Wait outlives it. */
export const keepHold = async (runtime: Runtime, run: RunFile, stage: Stage): Promise<Hold> => {
  const hold = await lookAtHold(runtime, run, stage);
  const now = runtime.clock.now();
  if (hold.kind === 'halt' || hold.expiresAt - now > (LEASE_MS * 2) / 3) return hold;
  return changeItem<Lease, Hold>(runtime, 'lease', run.fleetName, (lease) => {
    const still = judge(run, now, lease, undefined);
    const longer = still.kind === 'held' ? extended(lease, run.runId, now) : undefined;
    return { store: longer, answer: longer === undefined ? still : { kind: 'held', expiresAt: longer.expiresAt } };
  });
};

const judge = (run: RunFile, now: number, lease: Lease | undefined, breaker: Breaker | undefined): Hold => {
  if (!holds(lease, run.runId, now) || lease.fence !== run.fence) return { kind: 'halt', reason: 'PREEMPTED' };
  if (lease.stoppedBy !== undefined) return { kind: 'halt', reason: 'STOPPED' };
  if (lease.preemptedBy !== undefined) return { kind: 'halt', reason: 'PREEMPTED' };
  return isOpen(breaker) ? { kind: 'halt', reason: 'BREAKER_OPEN' } : { kind: 'held', expiresAt: lease.expiresAt };
};
