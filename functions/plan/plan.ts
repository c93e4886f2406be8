import { z } from 'zod';
import type { Stage } from '../../core/batch/batch.ts';
import type { Intent } from '../../core/coordination/intent.ts';
import type { LeaseAnswer } from '../../core/coordination/lease.ts';
import { evaluate, objections } from '../../core/decision/evaluate.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import { fitToFleet } from '../../core/run/fit-to-fleet.ts';
import { intentId } from '../../core/run/name.ts';
import { parseRunRequest, type RunRequest } from '../../core/run/request.ts';
import { type Findings, findKeys } from '../frame/find-keys.ts';
import { loadFleets } from '../frame/fleets.ts';
import { lastPlanned } from '../frame/last-planned.ts';
import { findRun } from '../frame/run-file.ts';
import type { Runtime } from '../frame/runtime.ts';
import { switchesOf } from '../frame/switches.ts';
import { InvalidRequestError, RefusedByGuardError } from './errors.ts';
import { ASK_AGAIN_SECONDS, lookAtLease, takeLease } from './take-lease.ts';
import { writePlan } from './write-plan.ts';

export const planInputSchema = z.strictObject({ runId: z.string().min(1).max(80), request: z.unknown() });
export type PlanInput = z.infer<typeof planInputSchema>;

/** `run`: go through the stages; `wait`: the fleet's lease is not free yet, ask again. */
export interface PlanAnswer {
  readonly next: 'run' | 'wait';
  readonly waitSeconds: number;
  readonly stages: readonly Stage[];
}

/**
 * Turns a request into a run: refuses what makes no sense before anything is touched, asks the guards, lists the keys, takes the
 * lease and writes the batches. May be repeated: a plan that exists is used as it is.
 * @throws InvalidRequestError, RefusedByGuardError, WrongFleetFileError
 */
export const plan = async (input: PlanInput, runtime: Runtime): Promise<PlanAnswer> => {
  const existing = await findRun(runtime, input.runId);
  if (existing !== undefined) return { next: 'run', waitSeconds: 0, stages: existing.stages };

  const { request, fleets, fleet } = await understood(runtime, input.request);
  const [automatic, earlier, switches] = await Promise.all([
    isAutomatic(runtime, input.runId),
    runtime.table.read<Intent>('intent', intentId(request)),
    switchesOf(runtime, request.fleet),
  ]);
  const planned = await lastPlanned(runtime, earlier?.value.runs ?? []);
  const judgement = evaluate({ request, fleet, automatic, followUp: planned !== undefined, switches });
  if (!judgement.allowed) throw new RefusedByGuardError(objections(judgement));
  const outlook = await lookAtLease(runtime, input.runId, request);
  if (outlook.kind === 'wait' || outlook.kind === 'refused') return waitFor(request, outlook);
  const findings = await findKeys(runtime, { fleetName: request.fleet, fleets, fleet, regions: [fleet.home, ...fleet.standbys] });
  refuseHopeless(request, findings);

  const lease = await takeLease(runtime, input.runId, request);
  if (lease.kind !== 'taken') return waitFor(request, lease);

  const stages = await writePlan(runtime, input.runId, request, fleet, findings, lease.lease.fence);
  return { next: 'run', waitSeconds: 0, stages };
};

/** The lease is not free: the plan is asked again soon, or the run is refused. @throws RefusedByGuardError */
const waitFor = (request: RunRequest, lease: Exclude<LeaseAnswer, { kind: 'taken' }>): PlanAnswer => {
  if (lease.kind !== 'refused')
    return { next: 'wait', waitSeconds: Math.min(ASK_AGAIN_SECONDS, Math.ceil(lease.waitMs / 1000)), stages: [] };
  throw new RefusedByGuardError([
    `lease: run ${lease.holder} (${lease.operation}) holds fleet ${request.fleet}, and a ${request.operation} does not pre-empt it. What lifts it: the end of that run.`,
  ]);
};

const understood = async (
  runtime: Runtime,
  raw: unknown,
): Promise<{ request: RunRequest; fleets: ReadonlyMap<string, Fleet>; fleet: Fleet }> => {
  const parsed = parseRunRequest(raw);
  if ('problems' in parsed) throw new InvalidRequestError(parsed.problems);
  const fleets = await loadFleets(runtime);
  const fitting = fitToFleet(parsed.request, fleets);
  if ('problems' in fitting) throw new InvalidRequestError(fitting.problems);
  return { request: parsed.request, fleets, fleet: fitting.fleet };
};

/** A run that `trigger` started was announced under its name; one that a person started was not. */
const isAutomatic = async (runtime: Runtime, runId: string): Promise<boolean> =>
  (await runtime.table.read<AnnouncedRun>('run', runId)) !== undefined;

/** A fleet without keys, or a target that holds none of them, is a mistake of the request, and no run. */
const refuseHopeless = (request: RunRequest, { keys, answered, notes }: Findings): void => {
  if (keys.length === 0)
    throw new InvalidRequestError([`fleet: no key of fleet ${request.fleet} was found in any of its Regions. ${notes.join(' ')}`.trim()]);
  const listed = [...answered.values()].every((regions) => regions.includes(request.target)) && answered.size > 0;
  if (listed && keys.every((key) => !key.heldIn.includes(request.target)))
    throw new InvalidRequestError([
      `target: none of the ${keys.length} keys of fleet ${request.fleet} has a replica in ${request.target}; a failover promotes replicas, it does not make them.`,
    ]);
};
