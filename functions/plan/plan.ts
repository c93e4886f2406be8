import { z } from 'zod';
import type { Stage } from '../../core/batch/batch.ts';
import type { LeaseAnswer } from '../../core/coordination/lease.ts';
import { type RunRequest, regionsOf } from '../../core/run/request.ts';
import { type Findings, findKeys } from '../frame/keys/find-keys.ts';
import type { Runtime } from '../frame/runtime.ts';
import { askGuards } from './ask-guards.ts';
import { type Beginner, refuseStopped } from './called-off.ts';
import { carriedOver } from './carry-over.ts';
import { InvalidRequestError, RefusedByGuardError } from './errors.ts';
import { ownRun } from './own-run.ts';
import { putLeaseRefusalOnRecord } from './put-refusal-on-record.ts';
import { ASK_AGAIN_SECONDS, lookAtLease, takeLease } from './take-lease.ts';
import { requested, type Understood, understood } from './understand.ts';
import { writePlan } from './write-plan.ts';
import { youngInventory } from './young-inventory.ts';

/** What an incident leaves for a look at what is new since the schedule listed the fleet: as long as the guards take meanwhile. */
const HURRIED_LISTING_MS_MAX = 1_000;

export const planInputSchema = z.strictObject({
  runId: z.string().min(1).max(80),
  request: z.unknown(),
  /** When the execution was started, by the clock of Step Functions. */
  startedAt: z.iso.datetime(),
});
export type PlanInput = z.infer<typeof planInputSchema>;

/** `run`: go through the stages; `wait`: the fleet's lease is not free yet, ask again. */
export interface PlanAnswer {
  readonly next: 'run' | 'wait';
  readonly waitSeconds: number;
  readonly stages: readonly Stage[];
}

/**
 * Turns what was asked for into a run: refuses what makes no sense before anything is touched, lists the keys, asks the guards,
 * takes the lease and writes the batches. May be repeated: a plan that exists is used as it is, if it is this execution's.
 * @throws InvalidRequestError, RefusedByGuardError, CalledOffError, WrongFleetFileError
 */
export const plan = async (input: PlanInput, runtime: Runtime): Promise<PlanAnswer> => {
  const { runId } = input;
  const startedAt = Date.parse(input.startedAt);
  const existing = await ownRun(runtime, { runId, startedAt });
  if (existing !== undefined) return { next: 'run', waitSeconds: 0, stages: existing.stages };

  const asked = await understood(runtime, runId, input.request);
  const { fleet, fleets } = asked;
  const beginner: Beginner = { runId, fleet: asked.input.fleet, startedAt };
  await refuseStopped(runtime, beginner);
  const outlook = await lookAtLease(runtime, runId, asked.input);
  if (outlook.kind === 'wait' || outlook.kind === 'refused') return waitFor(runtime, runId, asked.input, outlook);

  const { fleet: fleetName, operation } = asked.input;
  const known = await youngInventory(runtime, { fleetName, fleet, fleets, operation });
  const search = { fleetName, fleets, fleet, regions: regionsOf(fleet) };
  const finding = findKeys(runtime, known === undefined ? search : { ...search, msMax: HURRIED_LISTING_MS_MAX });
  const looking = known === undefined ? finding : Promise.resolve({ keys: known, answered: new Map(), notes: [] });
  const [findings, { request, carried }] = await Promise.all([finding, judged(runtime, runId, asked, looking)]);
  refuseEmpty(fleetName, findings);
  refuseHopeless(request, findings);

  const lease = await takeLease(runtime, runId, request);
  if (lease.kind !== 'taken') return waitFor(runtime, runId, request, lease);
  await refuseStopped(runtime, beginner);

  const planning = { runId, request, fleet, start: asked.start, findings, carried, fence: lease.lease.fence };
  const stages = await writePlan(runtime, planning);
  return { next: 'run', waitSeconds: 0, stages };
};

/** What is known of a fleet's keys when a request is judged: in a hurry less than what is still being found. */
type Known = Pick<Findings, 'keys' | 'answered' | 'notes'>;

/** What the run shall do, once nothing speaks against it. @throws InvalidRequestError, RefusedByGuardError */
const judged = async (runtime: Runtime, runId: string, asked: Understood, looking: Promise<Known>) => {
  const known = await looking;
  refuseEmpty(asked.input.fleet, known);
  const request = await requested(runtime, asked, known.keys);
  refuseHopeless(request, known);
  const carried = await carriedOver(runtime, runId, request);
  const comesHome = request.operation === 'drill' && carried.from !== undefined;
  await askGuards(runtime, { runId, asked, request, keys: known.keys, comesHome });
  return { request, carried };
};

/** The lease is not free: the plan is asked again soon, or the run is refused. @throws RefusedByGuardError */
const waitFor = async (
  runtime: Runtime,
  runId: string,
  { fleet, operation }: Pick<RunRequest, 'fleet' | 'operation'>,
  lease: Exclude<LeaseAnswer, { kind: 'taken' }>,
): Promise<PlanAnswer> => {
  if (lease.kind !== 'refused')
    return { next: 'wait', waitSeconds: Math.min(ASK_AGAIN_SECONDS, Math.ceil(lease.waitMs / 1000)), stages: [] };
  const why = `run ${lease.holder} (${lease.operation}) holds fleet ${fleet}, and a ${operation} does not pre-empt it`;
  await putLeaseRefusalOnRecord(runtime, runId, fleet, why);
  throw new RefusedByGuardError([`lease: ${why}. What lifts it: the end of that run.`]);
};

/** A fleet without keys is a mistake of the fleet file, and no run. */
const refuseEmpty = (fleetName: string, { keys, notes }: Known): void => {
  if (keys.length === 0)
    throw new InvalidRequestError([`fleet: no key of fleet ${fleetName} was found in any of its Regions. ${notes.join(' ')}`.trim()]);
};

/** A target that holds none of the keys is a mistake of the request. */
const refuseHopeless = (request: RunRequest, { keys, answered }: Known): void => {
  const listed = [...answered.values()].every((regions) => regions.includes(request.target)) && answered.size > 0;
  if (listed && keys.every((key) => !key.heldIn.includes(request.target)))
    throw new InvalidRequestError([
      `target: none of the ${keys.length} keys of fleet ${request.fleet} has a replica in ${request.target}; a failover promotes replicas, it does not make them.`,
    ]);
};
