import type { LastMove } from '../decision/history.ts';
import type { Start } from '../decision/start.ts';
import type { KeyAt } from '../key/key.ts';
import { runName } from '../run/name.ts';
import type { RunRequest } from '../run/request.ts';
import type { Lease } from './lease.ts';

/** "This fleet shall have its primaries in this target, because of this incident." It outlives its runs. */
export interface Intent {
  readonly request: RunRequest;
  readonly openedAt: number;
  /** Run IDs, the first generation first; also of runs that were started and never came to a plan. */
  readonly runs: readonly string[];
  readonly state: 'open' | 'closed';
  /** Some of the keys that the last run had to leave blocked, where their primaries are: the tick asks there whether they answer again. */
  readonly blockedSample: readonly KeyAt[];
  /** Who approved it, where a person was asked. */
  readonly approvedBy?: string;
  /** Whether one of its runs came to a plan: from then on it goes on, whatever speaks against new runs. */
  readonly planned?: true;
  /** Whether a key of the fleet has moved for it, as its runs reported. */
  readonly moved?: true;
  /** When its incident was over, as far as signals have told. */
  readonly incidentOverAt?: number;
  /** Why it was closed before its keys were through. */
  readonly closedBecause?: string;
  /** It was closed because its time was over: other incidents that joined it have their own time still, and are judged by themselves. */
  readonly isGivenUp?: true;
}

/** An intent that nobody could finish for this long is a matter for people. */
export const INTENT_MS_MAX = 24 * 3_600_000;
/** How many blocked keys an intent remembers for the tick's look. */
export const BLOCKED_SAMPLE_MAX = 5;
/** With each run that an intent had, the next one is started so much later after the last, up to the most. */
const PAUSE_PER_RUN_MS = 60_000;
const PAUSE_MS_MAX = 30 * 60_000;

/** An intent that was decided on, and had no run yet. */
export const opened = (request: RunRequest, now: number): Intent => ({
  request,
  openedAt: now,
  runs: [],
  state: 'open',
  blockedSample: [],
});

/** The intent with `runId` among its runs, which has a plan now. A run that a person starts opens a closed intent again. */
export const withRun = (intent: Intent | undefined, request: RunRequest, runId: string, now: number): Intent => {
  const before = intent === undefined ? opened(request, now) : renewed(intent, now);
  return { ...before, planned: true, runs: before.runs.includes(runId) ? before.runs : [...before.runs, runId] };
};

/** The intent as somebody wants it now, whatever was over then: one that was closed or has run out has its full time ahead again. */
export const renewed = (intent: Intent, now: number): Intent => {
  if (isWaiting(intent, now)) return intent;
  const { closedBecause: _, incidentOverAt: __, isGivenUp: ___, ...rest } = intent;
  return { ...rest, state: 'open', openedAt: now };
};

/**
 * The intent with a run among its runs that ended before its plan was written.
 * @returns undefined when the intent was closed or has the run meanwhile: somebody else went on
 */
export const withLostRun = (intent: Intent | undefined, runId: string): Intent | undefined =>
  intent === undefined || intent.state === 'closed' || intent.runs.includes(runId)
    ? undefined
    : { ...intent, runs: [...intent.runs, runId] };

/** What a run leaves of its intent. */
export interface Rest {
  readonly state: Intent['state'];
  readonly blockedSample: Intent['blockedSample'];
  /** Whether the run moved a key to stay. */
  readonly moved: boolean;
}

/** The intent as a run leaves it, or undefined when the run is not its last: a later one answers for it now. */
export const settled = (intent: Intent | undefined, runId: string, { moved, ...rest }: Rest): Intent | undefined =>
  intent?.runs.at(-1) === runId ? { ...intent, ...rest, ...(moved ? { moved: true } : {}) } : undefined;

/** Whether the tick has to look after the intent. */
export const isWaiting = (intent: Intent, now: number): boolean => intent.state === 'open' && !isExpired(intent, now);

/** Whether the intent was open for so long that people have to look after it. */
export const isExpired = (intent: Intent, now: number): boolean => now - intent.openedAt >= INTENT_MS_MAX;

/** The intent given up before its keys were through, or undefined when it is closed already. */
export const closed = (intent: Intent | undefined, because: string): Intent | undefined =>
  intent === undefined || intent.state === 'closed' ? undefined : { ...intent, state: 'closed', closedBecause: because };

/** The same when its time was over. */
export const givenUp = (intent: Intent | undefined, because: string): Intent | undefined => {
  const next = closed(intent, because);
  return next === undefined ? undefined : { ...next, isGivenUp: true };
};

/** The intent that knows that its incident is over; undefined when there is nothing left that would need to know. */
export const withIncidentOver = (intent: Intent | undefined, at: number): Intent | undefined =>
  intent === undefined || intent.state === 'closed' || intent.incidentOverAt !== undefined ? undefined : { ...intent, incidentOverAt: at };

/** The open intent for which another incident of the same trouble goes on; undefined when that changes nothing. */
export const withIncidentOn = (intent: Intent | undefined): Intent | undefined => {
  if (intent === undefined || intent.state === 'closed' || intent.incidentOverAt === undefined) return undefined;
  const { incidentOverAt: _, ...rest } = intent;
  return rest;
};

/** Who wants the intent's next run: once one had a plan the intent goes on; until then it is started as it was decided. */
export const startOf = ({ planned, approvedBy, request }: Intent): Start => {
  if (planned) return { by: 'follow-up' };
  if (approvedBy !== undefined) return { by: 'approval', approvedBy };
  return { by: request.operation === 'drill' ? 'schedule' : 'signal' };
};

/** The name of the run that follows those of the intent. */
export const nextRun = (id: string, { runs }: Intent): string => {
  let generation = runs.length + 1;
  while (runs.includes(runName(id, generation))) generation += 1;
  return runName(id, generation);
};

/** When the next run may be started, if the last was at `lastStartedAt`: what fails again and again is tried more and more seldom. */
export const nextRunAt = ({ runs }: Intent, lastStartedAt: number): number =>
  lastStartedAt + Math.min(runs.length * PAUSE_PER_RUN_MS, PAUSE_MS_MAX);

/**
 * The run of another intent that has had the fleet since, or asked for it: what it decided must not be undone by a follow-up of
 * this one. A drill decides nothing, since it brings back what it moved.
 * @param lease the fleet's lease, when a run of the intent has held it
 * @param lastMove where the fleet was moved last, which the lease of a drill that came later does not tell
 */
export const supersededBy = (
  id: string,
  { runs, openedAt }: Pick<Intent, 'runs' | 'openedAt'>,
  lease: Lease | undefined,
  lastMove: LastMove | undefined,
): string | undefined => {
  const isOurs = (runId: string): boolean => runs.includes(runId) || runId.startsWith(`${id}-`);
  if (lastMove !== undefined && lastMove.operation !== 'drill' && lastMove.endedAt > openedAt && !isOurs(lastMove.runId))
    return lastMove.runId;
  if (lease === undefined) return undefined;
  if (lease.preemptedBy !== undefined && !isOurs(lease.preemptedBy)) return lease.preemptedBy;
  return lease.operation === 'drill' || isOurs(lease.holder) ? undefined : lease.holder;
};
