import { forgone, type Lease } from '../../core/coordination/lease.ts';
import { type FleetHistory, stopFor } from '../../core/decision/history.ts';
import { instant } from '../../core/words/time.ts';
import { replaceItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { CalledOffError } from './errors.ts';

/** The run that makes its plan, and when its execution was started. */
export interface Beginner {
  readonly runId: string;
  readonly fleet: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
}

/**
 * Ends a run that a person stopped before it had a plan. To be asked before anything that takes long, and once more when the run has
 * the lease: a stop that comes later finds it there. The other order would leave a gap between the two.
 * @throws CalledOffError
 */
export const refuseStopped = async (runtime: Runtime, { runId, fleet, startedAt }: Beginner): Promise<void> => {
  const stop = stopFor((await runtime.table.read<FleetHistory>('fleet', fleet))?.value, startedAt);
  if (stop === undefined) return;
  const why = `${stop.by} stopped what was under way for fleet ${fleet} at ${instant(stop.at)}: ${stop.reason}`;
  await callOff(runtime, { runId, fleet }, `stop: ${why}`);
};

/** Ends a run that called for no key yet; what it has of the fleet, or asked for, is free again. @throws CalledOffError */
export const callOff = async (runtime: Runtime, { runId, fleet }: Pick<Beginner, 'runId' | 'fleet'>, why: string): Promise<never> => {
  await replaceItem<Lease>(runtime, 'lease', fleet, (lease) => forgone(lease, runId));
  throw new CalledOffError(`${why}. Run ${runId} ended before it had called for a key. What lifts it: a person who starts the run again.`);
};
