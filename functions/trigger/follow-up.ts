import { closed, type Intent, nextRun, nextRunAt, startOf, supersededBy, withLostRun } from '../../core/coordination/intent.ts';
import { type Lease, quietAt } from '../../core/coordination/lease.ts';
import { type FleetHistory, stopFor } from '../../core/decision/history.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import { intentId } from '../../core/run/name.ts';
import { isBadEnd } from '../../core/signal/execution-change.ts';
import { instant } from '../../core/words/time.ts';
import { loadFleets } from '../frame/fleets.ts';
import { changeItem, replaceItem } from '../frame/item.ts';
import { evidencePath } from '../frame/run/evidence-path.ts';
import { hasEvidence } from '../frame/run/has-evidence.ts';
import { lastPlanned } from '../frame/run/last-planned.ts';
import { announceAndStart } from '../frame/run/start-run.ts';
import type { Runtime } from '../frame/runtime.ts';
import { closeOut } from './close-out.ts';
import { closeInPlace, placed } from './in-place.ts';
import { afterRecovery } from './recovery.ts';
import { type Refusal, refusal, withoutFleet } from './refusal.ts';

/** What became of an open intent's next run, and why. */
export interface FollowUp {
  /**
   * `stopped`: a person stopped the last run, so a person starts the next; `closing`: the last run died, and is being closed;
   * `still-dark`: what blocked the keys still does; `too-soon`: the pause after the last run is not over; `superseded`: a run of
   * another intent has had the fleet since; `refused`: a guard said no; `recovered`: the incident is over, and the fleet file or a
   * person says whether the keys follow; `in-place`: every key is where it shall be, and the intent was closed.
   */
  readonly verdict:
    | 'started'
    | 'running'
    | 'stopped'
    | 'closing'
    | 'still-dark'
    | 'too-soon'
    | 'superseded'
    | 'refused'
    | 'recovered'
    | 'in-place';
  /** A clause without its full stop; where a guard said no, its sentences. */
  readonly why: string;
  /** The run that was started, runs, or was stopped. */
  readonly runId?: string;
  /** What the guards said, when they refused. */
  readonly refusal?: Refusal;
}

/** How many names of runs that came to nothing are passed over at once; the next tick goes on behind them. */
const LOST_RUNS_MAX = 5;
/** A run of the other control Region has its plan within this time, or waits for a lease that this Region would wait for as well. */
const UNPLANNED_ELSEWHERE_MS_MAX = 15 * 60_000;

/**
 * Starts the next run of an open intent, unless one goes, has to wait, or may not start. A name that was used up by a run without
 * a plan is noted, and the next one taken; so is one under which evidence lies, of a run so old that all else of it is forgotten. May be repeated and may run twice at once: a name starts one run only.
 * @param signal what made us look, in words
 * @param decision the decision, made just now, that this intent's first run shall start: the guards have been asked
 */
export const followUp = async (runtime: Runtime, id: string, intent: Intent, signal: string, decision?: string): Promise<FollowUp> => {
  const last = await closedLast(runtime, id, intent);
  if ('verdict' in last) return last;
  let current = last;
  for (let lost = 0; lost < LOST_RUNS_MAX; lost += 1) {
    const obstacle = await obstacleTo(runtime, id, current);
    if (obstacle?.verdict === 'superseded') return (await closedInPlace(runtime, current)) ?? obstacle;
    if (obstacle !== undefined) return obstacle;
    const runId = nextRun(id, current);
    const [status, isUsed] = await Promise.all([runtime.executions.status(runId), hasEvidence(runtime, runId)]);
    if (status === undefined && !isUsed) return startNext(runtime, runId, current, signal, decision);
    if (status === 'RUNNING') return { verdict: 'running', why: `run ${runId} goes and makes its plan`, runId };
    const noted = await changeItem<Intent, Intent | undefined>(runtime, 'intent', id, (stored) => {
      const next = withLostRun(stored, runId);
      return { store: next, answer: next };
    });
    if (noted === undefined) return { verdict: 'running', why: `run ${runId} was planned while this one looked`, runId };
    current = noted;
  }
  return { verdict: 'too-soon', why: `${LOST_RUNS_MAX} runs came to nothing; the next tick looks behind them` };
};

/**
 * Sees to it that the intent's last run is closed before another begins, when its execution ended badly and it never reported.
 * @returns the intent as that leaves it, or what keeps it from its next run
 */
const closedLast = async (runtime: Runtime, id: string, intent: Intent): Promise<Intent | FollowUp> => {
  const runId = intent.runs.at(-1);
  if (runId === undefined) return intent;
  const status = await runtime.executions.status(runId);
  if (!isBadEnd(status)) return intent;
  const { kind, why } = await closeOut(runtime, runId, status);
  if (kind === 'waiting' || kind === 'unfinished') return { verdict: 'closing', why, runId };
  const after = kind === 'nothing' ? intent : ((await runtime.table.read<Intent>('intent', id))?.value ?? intent);
  return after.state === 'closed' ? { verdict: status === 'ABORTED' ? 'stopped' : 'closing', why, runId } : after;
};

/** What keeps the intent from its next run, judged by its last one. */
const obstacleTo = async (runtime: Runtime, id: string, intent: Intent): Promise<FollowUp | undefined> => {
  const runId = intent.runs.at(-1);
  if (runId === undefined) return undefined;
  const [status, summary, announced, planned, lease, history] = await Promise.all([
    runtime.executions.status(runId),
    runtime.store.get(evidencePath(runId)),
    runtime.table.read<AnnouncedRun>('run', runId),
    lastPlanned(runtime, intent.runs),
    runtime.table.read<Lease>('lease', intent.request.fleet),
    runtime.table.read<FleetHistory>('fleet', intent.request.fleet),
  ]);
  if (status === 'RUNNING') return { verdict: 'running', why: `run ${runId} goes`, runId };
  if (status === 'ABORTED')
    return { verdict: 'stopped', why: `the execution of run ${runId} was stopped by a person, and a person starts the next`, runId };
  const isUnknown = status === undefined && summary === undefined;
  const isElsewhere = isUnknown && planned?.runId !== runId;
  if (isUnknown && !(isElsewhere && isOverElsewhere(runId, lease?.value, runtime.clock.now())))
    return { verdict: 'running', why: `run ${runId} has not reported, and nothing is known of its execution`, runId };
  const successor = planned === undefined && !isElsewhere ? undefined : supersededBy(id, intent, lease?.value, history?.value.lastMove);
  if (successor !== undefined)
    return { verdict: 'superseded', why: `run ${successor} of another intent has had fleet ${intent.request.fleet} since` };
  const dueAt = announced === undefined ? 0 : nextRunAt(intent, announced.value.announcedAt);
  if (runtime.clock.now() < dueAt) return { verdict: 'too-soon', why: `the run after ${runId} is not started before ${instant(dueAt)}` };
  // A run that left no evidence may have left keys that wait for nothing.
  if ((summary === undefined && !isElsewhere) || intent.blockedSample.length === 0) return undefined;
  const looks = await Promise.all(intent.blockedSample.map((key) => runtime.kms.describe(key)));
  if (looks.some((look) => look.kind === 'seen')) return undefined;
  return { verdict: 'still-dark', why: `none of ${looks.length} blocked keys can be read where their primaries are` };
};

/**
 * Whether a run of the other control Region, whose plan, execution and evidence lie there, is over: it never had the fleet or gave it
 * back, or has lost it for so long that it is dead, and the control Region perhaps with it.
 */
const isOverElsewhere = (runId: string, lease: Lease | undefined, now: number): boolean =>
  lease === undefined || lease.holder !== runId || lease.released || now >= quietAt(lease);

const startNext = async (
  runtime: Runtime,
  runId: string,
  intent: Intent,
  signal: string,
  decision: string | undefined,
): Promise<FollowUp> => {
  const { request } = intent;
  const stopped = await stoppedBefore(runtime, intent);
  if (stopped !== undefined) return stopped;
  const fleets = await loadFleets(runtime);
  const fleet = fleets.get(request.fleet);
  if (fleet === undefined) return refusedBy(withoutFleet(request));
  const start = startOf(intent);
  if (decision === undefined) {
    // A run that came to no plan may have been refused while another one moved the keys. A drill's keys have yet to leave.
    const done = intent.planned || request.operation === 'drill' ? undefined : await closedInPlace(runtime, intent);
    if (done !== undefined) return done;
    const recovered = await afterRecovery(runtime, intent, fleet);
    if (recovered !== undefined) return { verdict: 'recovered', why: recovered };
    const refused = await refusal(runtime, intent, { name: request.fleet, fleet, fleets });
    if (refused !== undefined) return refusedBy(refused);
  }
  const started = await announceAndStart(runtime, runId, request, signal, start, decision);
  return started === 'started' ? { verdict: 'started', why: signal, runId } : startedByOther(runtime, runId, intent);
};

/**
 * An intent without a plan whose fleet a person has stopped since it was opened. The stop closes such intents, but not one whose run was
 * just about to have its plan, and was called off over that.
 */
const stoppedBefore = async (runtime: Runtime, { request, openedAt, planned }: Intent): Promise<FollowUp | undefined> => {
  const stop = planned ? undefined : stopFor((await runtime.table.read<FleetHistory>('fleet', request.fleet))?.value, openedAt);
  if (stop === undefined) return undefined;
  const why = `${stop.by} stopped fleet ${request.fleet} at ${instant(stop.at)}, and a person starts the next run`;
  await replaceItem<Intent>(runtime, 'intent', intentId(request), (stored) => (stored?.planned ? undefined : closed(stored, why)));
  return { verdict: 'stopped', why };
};

/** Closes an intent whose keys are all where it wants them, whichever run brought them there. @returns undefined when they are not, or nobody knows */
const closedInPlace = async (runtime: Runtime, intent: Intent): Promise<FollowUp | undefined> => {
  const fleet = (await loadFleets(runtime)).get(intent.request.fleet);
  const found = fleet && (await placed(runtime, intent.request, fleet));
  if (found?.isDone !== true) return undefined;
  await closeInPlace(runtime, intent, found.why);
  return { verdict: 'in-place', why: found.why };
};

const refusedBy = (refusal: Refusal): FollowUp => ({ verdict: 'refused', why: refusal.proposal.why, refusal });

/** The run is the other control Region's; one that never came to a plan there is given up, and the next tick takes the next name. */
const startedByOther = async (runtime: Runtime, runId: string, intent: Intent): Promise<FollowUp> => {
  const announced = (await runtime.table.read<AnnouncedRun>('run', runId))?.value;
  const isOld = announced !== undefined && runtime.clock.now() - announced.announcedAt >= UNPLANNED_ELSEWHERE_MS_MAX;
  if (!isOld || announced.controlRegion === runtime.controlRegion)
    return { verdict: 'running', why: `run ${runId} was started by somebody else just now`, runId };
  await replaceItem<Intent>(runtime, 'intent', intentId(intent.request), (stored) => withLostRun(stored, runId));
  return { verdict: 'too-soon', why: `run ${runId} came to nothing in ${announced.controlRegion}; the next tick takes the next name` };
};
