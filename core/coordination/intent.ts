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

/** The intent with `runId` among its runs. */
export const withRun = (intent: Intent | undefined, request: RunRequest, runId: string, now: number): Intent => {
  const before = intent ?? opened(request, now);
  return { ...before, state: 'open', runs: before.runs.includes(runId) ? before.runs : [...before.runs, runId] };
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
}

/** The intent as a run leaves it, or undefined when the run is not its last: a later one answers for it now. */
export const settled = (intent: Intent | undefined, runId: string, rest: Rest): Intent | undefined =>
  intent?.runs.at(-1) === runId ? { ...intent, ...rest } : undefined;

/** Whether the tick has to look after the intent. */
export const isWaiting = (intent: Intent, now: number): boolean => intent.state === 'open' && now - intent.openedAt < INTENT_MS_MAX;

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
 */
export const supersededBy = (id: string, { runs }: Intent, lease: Lease | undefined): string | undefined => {
  if (lease === undefined) return undefined;
  const isOurs = (runId: string): boolean => runs.includes(runId) || runId.startsWith(`${id}-`);
  if (lease.preemptedBy !== undefined && !isOurs(lease.preemptedBy)) return lease.preemptedBy;
  return lease.operation === 'drill' || isOurs(lease.holder) ? undefined : lease.holder;
};
