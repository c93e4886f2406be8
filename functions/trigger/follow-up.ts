import { type Intent, nextRun, nextRunAt, supersededBy, withLostRun } from '../../core/coordination/intent.ts';
import type { Lease } from '../../core/coordination/lease.ts';
import { evaluate, objections } from '../../core/decision/evaluate.ts';
import type { AnnouncedRun } from '../../core/run/announced.ts';
import { evidencePath } from '../frame/evidence-path.ts';
import { loadFleets } from '../frame/fleets.ts';
import { changeItem } from '../frame/item.ts';
import { lastPlanned } from '../frame/last-planned.ts';
import type { Runtime } from '../frame/runtime.ts';
import { switchesOf } from '../frame/switches.ts';
import { announceAndStart } from './start.ts';

/** What became of an open intent's next run, and why. */
export interface FollowUp {
  /**
   * `stopped`: a person stopped the last run, so a person starts the next; `still-dark`: what blocked the keys still does;
   * `too-soon`: the pause after the last run is not over; `superseded`: a run of another intent has had the fleet since;
   * `refused`: a guard said no.
   */
  readonly verdict: 'started' | 'running' | 'stopped' | 'still-dark' | 'too-soon' | 'superseded' | 'refused';
  readonly why: string;
  /** The run that was started, runs, or was stopped. */
  readonly runId?: string;
}

/** How many names of runs that came to nothing are passed over at once; the next tick goes on behind them. */
const LOST_RUNS_MAX = 5;

/**
 * Starts the next run of an open intent, unless one goes, has to wait, or may not start. A name that was used up by a run without
 * a plan is noted, and the next one taken. May be repeated and may run twice at once: a name starts one run only.
 * @param signal what made us look, in words
 */
export const followUp = async (runtime: Runtime, id: string, intent: Intent, signal: string): Promise<FollowUp> => {
  let current = intent;
  for (let lost = 0; lost < LOST_RUNS_MAX; lost += 1) {
    const obstacle = await obstacleTo(runtime, id, current);
    if (obstacle !== undefined) return obstacle;
    const runId = nextRun(id, current);
    const status = await runtime.executions.status(runId);
    if (status === undefined) return startNext(runtime, runId, current, signal);
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

/** What keeps the intent from its next run, judged by its last one. */
const obstacleTo = async (runtime: Runtime, id: string, intent: Intent): Promise<FollowUp | undefined> => {
  const runId = intent.runs.at(-1);
  if (runId === undefined) return undefined;
  const [status, summary, announced, planned, lease] = await Promise.all([
    runtime.executions.status(runId),
    runtime.store.get(evidencePath(runId)),
    runtime.table.read<AnnouncedRun>('run', runId),
    lastPlanned(runtime, intent.runs),
    runtime.table.read<Lease>('lease', intent.request.fleet),
  ]);
  if (status === 'RUNNING') return { verdict: 'running', why: `run ${runId} goes`, runId };
  if (summary === undefined && status === undefined)
    return { verdict: 'running', why: `run ${runId} has not reported, and nothing is known of its execution`, runId };
  if (summary === undefined && status === 'ABORTED')
    return { verdict: 'stopped', why: `the execution of run ${runId} was stopped by a person, and a person starts the next`, runId };
  const successor = planned === undefined ? undefined : supersededBy(id, intent, lease?.value);
  if (successor !== undefined)
    return { verdict: 'superseded', why: `run ${successor} of another intent has had fleet ${intent.request.fleet} since` };
  const dueAt = announced === undefined ? 0 : nextRunAt(intent, announced.value.announcedAt);
  if (runtime.clock.now() < dueAt)
    return { verdict: 'too-soon', why: `the run after ${runId} is not started before ${new Date(dueAt).toISOString()}` };
  // A run that left no evidence may have left keys that wait for nothing.
  if (summary === undefined || intent.blockedSample.length === 0) return undefined;
  const looks = await Promise.all(intent.blockedSample.map((key) => runtime.kms.describe(key)));
  if (looks.some((look) => look.kind === 'seen')) return undefined;
  return { verdict: 'still-dark', why: `none of ${looks.length} blocked keys can be read where their primaries are` };
};

const startNext = async (runtime: Runtime, runId: string, intent: Intent, signal: string): Promise<FollowUp> => {
  const { request } = intent;
  const fleet = (await loadFleets(runtime)).get(request.fleet);
  if (fleet === undefined) return { verdict: 'refused', why: `The fleet file has no fleet ${request.fleet} any more.` };
  const [planned, switches] = await Promise.all([lastPlanned(runtime, intent.runs), switchesOf(runtime, request.fleet)]);
  const judgement = evaluate({ request, fleet, automatic: true, followUp: planned !== undefined, switches });
  if (!judgement.allowed) return { verdict: 'refused', why: objections(judgement).join(' ') };
  const started = await announceAndStart(runtime, runId, request, signal);
  return started === 'started'
    ? { verdict: 'started', why: signal, runId }
    : { verdict: 'running', why: `run ${runId} was started by somebody else just now`, runId };
};
