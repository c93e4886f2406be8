import type { KeyAt } from '../key/key.ts';
import type { RunRequest } from '../run/request.ts';

/** "This fleet shall have its primaries in this target, because of this incident." It outlives its runs. */
export interface Intent {
  readonly request: RunRequest;
  readonly openedAt: number;
  /** Run IDs, the first generation first. */
  readonly runs: readonly string[];
  readonly state: 'open' | 'closed';
  /** Some of the keys that the last run had to leave blocked, where their primaries are: the tick asks there whether they answer again. */
  readonly blockedSample: readonly KeyAt[];
}

/** An intent that nobody could finish for this long is a matter for people. */
export const INTENT_MS_MAX = 24 * 3_600_000;
/** How many blocked keys an intent remembers for the tick's look. */
export const BLOCKED_SAMPLE_MAX = 5;

/** The intent with `runId` among its runs. */
export const withRun = (intent: Intent | undefined, request: RunRequest, runId: string, now: number): Intent => {
  const before = intent ?? { request, openedAt: now, runs: [], state: 'open', blockedSample: [] };
  return { ...before, state: 'open', runs: before.runs.includes(runId) ? before.runs : [...before.runs, runId] };
};

/** Whether the tick has to look after the intent. */
export const isWaiting = (intent: Intent, now: number): boolean =>
  intent.state === 'open' && intent.blockedSample.length > 0 && now - intent.openedAt < INTENT_MS_MAX;
