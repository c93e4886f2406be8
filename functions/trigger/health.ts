import { type Intent, opened } from '../../core/coordination/intent.ts';
import type { Decision } from '../../core/decision/decision.ts';
import { evaluate, objections } from '../../core/decision/evaluate.ts';
import type { Fleet } from '../../core/fleet/schema.ts';
import { dedupeKey, incidentOf } from '../../core/health/identity.ts';
import type { HealthEvent } from '../../core/health/parse.ts';
import { relevance } from '../../core/health/relevance.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../../core/limits.ts';
import { regionSchema } from '../../core/region.ts';
import { intentId, runName } from '../../core/run/name.ts';
import type { RunRequest } from '../../core/run/request.ts';
import { loadFleets } from '../frame/fleets.ts';
import { changeItem } from '../frame/item.ts';
import type { Runtime } from '../frame/runtime.ts';
import { switchesOf } from '../frame/switches.ts';
import { atOnce } from './at-once.ts';
import { followUp } from './follow-up.ts';
import { hasPrimariesIn } from './whereabouts.ts';

/** What became of one signal for one fleet. */
export interface FleetVerdict {
  readonly fleet: string;
  readonly verdict: NonNullable<Decision['verdict']> | 'duplicate';
  readonly why: string;
  readonly runId?: string;
}

/**
 * Decides about a Health event for every fleet that lives in its Region; events are delivered more than once and in copies.
 * @throws when every fleet was decided as far as it could be and one could not: the event's next delivery finds only that one open
 */
export const onHealthEvent = async (event: HealthEvent, runtime: Runtime): Promise<readonly FleetVerdict[]> => {
  const fleets = await loadFleets(runtime);
  const concerned = [...fleets].filter(([, fleet]) => [fleet.home, ...fleet.standbys].some((region) => region === event.eventRegion));
  return atOnce(concerned, ([name, fleet]) => decide(event, runtime, name, fleet, fleets));
};

const decide = async (
  event: HealthEvent,
  runtime: Runtime,
  name: string,
  fleet: Fleet,
  fleets: ReadonlyMap<string, Fleet>,
): Promise<FleetVerdict> => {
  const id = `${name}/${dedupeKey(event)}`;
  const signal = `AWS Health: ${event.eventTypeCode} ${event.statusCode} in ${event.eventRegion}`;
  const claim: Decision = { state: 'deciding', at: runtime.clock.now(), fleet: name, signal };
  const claimedAs = await claimed(runtime, id, claim);
  if (claimedAs.kind === 'decided') {
    const { runId } = claimedAs.decision;
    return { fleet: name, verdict: 'duplicate', why: 'this communication was decided already', ...(runId === undefined ? {} : { runId }) };
  }

  const decision = await judged(event, runtime, claim, fleet, fleets);
  await runtime.table.write('decision', id, { ...decision, state: 'decided' }, claimedAs.version);
  const { verdict = 'ignored', why = '', runId } = decision;
  return { fleet: name, verdict, why, ...(runId === undefined ? {} : { runId }) };
};

/** Another delivery of the same communication is being decided. Lambda brings this one again in a minute, so that none is lost if the other dies. */
export class StillDecidingError extends Error {
  override readonly name = 'StillDeciding';
}

type Claimed = { readonly kind: 'claimed'; readonly version: number } | { readonly kind: 'decided'; readonly decision: Decision };

/**
 * Claims the communication, or gives the decision that there is. A claim older than the function's timeout was left by one that
 * died: whoever finds it goes on.
 * @throws StillDecidingError while another delivery is being decided
 */
const claimed = async (runtime: Runtime, id: string, claim: Decision): Promise<Claimed> => {
  const before = await runtime.table.read<Decision>('decision', id);
  if (before?.value.state === 'decided') return { kind: 'decided', decision: before.value };
  const version = before?.version ?? 0;
  const free = before === undefined || claim.at - before.value.at > FUNCTION_TIMEOUT_SECONDS.trigger * 1000;
  if (free && (await runtime.table.write('decision', id, claim, version))) return { kind: 'claimed', version: version + 1 };
  throw new StillDecidingError(`Another delivery of this communication is being decided for fleet ${claim.fleet} (${id}).`);
};

const judged = async (
  event: HealthEvent,
  runtime: Runtime,
  claim: Decision,
  fleet: Fleet,
  fleets: ReadonlyMap<string, Fleet>,
): Promise<Decision> => {
  const concern = relevance(event, claim.at, fleet.services);
  if (!concern.relevant) return { ...claim, verdict: 'ignored', why: concern.reason };
  const source = regionSchema.parse(event.eventRegion);
  const target = [fleet.home, ...fleet.standbys].find((region) => region !== source);
  if (target === undefined) return { ...claim, verdict: 'ignored', why: `fleet ${claim.fleet} has no Region but ${source}` };
  const request: RunRequest = { fleet: claim.fleet, operation: 'failover', source, target, incident: incidentOf(event) };
  const id = intentId(request);
  // Asked before anything else: the run of an earlier event, or of this one's first delivery, may have moved the keys by now.
  const begun = (await runtime.table.read<Intent>('intent', id))?.value;
  if (begun?.state === 'closed') {
    const runId = begun.runs.at(-1);
    const known = { ...claim, request, ...(runId === undefined ? {} : { runId }) };
    return { ...known, verdict: 'running', why: 'the run for this incident was started already, and has ended' };
  }
  if (begun !== undefined) return followed(runtime, id, begun, { ...claim, request }, concern.reason);
  const first = runName(id, 1);
  if ((await runtime.executions.status(first)) === 'RUNNING')
    return { ...claim, request, runId: first, verdict: 'running', why: 'the run for this incident was started already' };
  if (!(await hasPrimariesIn(runtime, claim.fleet, fleets, fleet, source)))
    return { ...claim, verdict: 'ignored', why: `fleet ${claim.fleet} has no primaries in ${source}` };

  const judgement = evaluate({ request, fleet, automatic: true, followUp: false, switches: await switchesOf(runtime, claim.fleet) });
  const asked: Decision = { ...claim, request, judgement };
  if (!judgement.allowed) return { ...asked, verdict: 'refused', why: objections(judgement).join(' ') };

  // Written before the run is started, so that the tick starts another if this one dies before it has a plan.
  const intent = await changeItem<Intent, Intent>(runtime, 'intent', id, (current) => {
    const next = current ?? opened(request, claim.at);
    return { store: current === undefined ? next : undefined, answer: next };
  });
  return followed(runtime, id, intent, asked, concern.reason);
};

/** Starts the run that an open intent lacks, if it lacks one. */
const followed = async (runtime: Runtime, id: string, intent: Intent, asked: Decision, reason: string): Promise<Decision> => {
  const { verdict, why, runId } = await followUp(runtime, id, intent, asked.signal);
  const run = runId === undefined ? {} : { runId };
  if (verdict === 'started') return { ...asked, ...run, verdict, why: reason };
  return { ...asked, ...run, verdict: verdict === 'refused' ? verdict : 'running', why };
};
