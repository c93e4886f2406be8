import { addedUp } from '../../core/batch/crypto-tally.ts';
import { keyName } from '../../core/key/key.ts';
import { type Outcome, type RunResult, resultOf, type Tally, tally, tallyReasons } from '../../core/outcome/outcome.ts';
import type { ReasonCode } from '../../core/outcome/reasons.ts';
import { DEFAULT_QUOTA_PER_SECOND } from '../../core/quota/eta.ts';
import type { World } from '../world/world.ts';
import type { Chapter } from './chapter.ts';
import type { EvidenceLine, RunEvidence } from './evidence-of.ts';
import { functionMessage } from './function-message.ts';
import { fleetOf } from './stage-set.ts';
import { STORY_STARTS_AT } from './starts-at.ts';
import type { Story } from './story.ts';

/** One run of the story. */
interface RunFigures {
  readonly runId: string;
  readonly status: string;
  /** `refused`: by a guard, before it had a plan. */
  readonly result: RunResult | 'refused' | 'no-report';
  /** What stood against a run that was refused, a sentence a guard, its name in front; empty for all others. */
  readonly objections: readonly string[];
  readonly outcomes: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Partial<Record<ReasonCode, number>>>;
  readonly stateTransitions: number;
  readonly historyEventsMax: number;
  readonly payloadBytesMax: number;
}

/** What a story came to; times in simulated seconds from the event (or the start by hand). */
export interface StoryFigures {
  readonly kind: 'played';
  readonly runId: string;
  readonly fleet: string;
  readonly operation: string;
  readonly source: string;
  readonly target: string;
  readonly seed: string;
  readonly result: RunResult;
  /** Whether the last run knew of every key. */
  readonly inventoryComplete: boolean;
  /** What the last run has to say besides: of listings with gaps, of keys left out. */
  readonly notes: readonly string[];
  readonly keys: number;
  readonly accounts: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly reasons: Readonly<Partial<Record<ReasonCode, number>>>;
  /** Blocked keys whose use in the target was proven, and those of which that could not be said. */
  readonly blockedProven: number;
  readonly blockedWithoutProof: number;
  readonly secondsToFirstVerified: number | null;
  readonly secondsToLastVerified: number | null;
  /** Until the last run had written its report. */
  readonly secondsTotal: number;
  /** The least time that the configured rate allows. */
  readonly floorSeconds: number;
  /** Time to the last verified key, over the floor of the configured rate, and over that of KMS's default quota. */
  readonly ratioConfigured: number | null;
  readonly ratioQuota: number | null;
  readonly calls: Readonly<Record<string, number>>;
  readonly throttled: number;
  readonly stateTransitions: number;
  readonly faultsStruck: Readonly<Record<string, number>>;
  readonly limiter: string;
  /** Of drills: the cryptographic calls made on the keys while they moved; null when there were none to make. */
  readonly crypto: { readonly calls: number; readonly failed: number } | null;
  /** What happened, in sentences; empty for a story without a name. */
  readonly chapters: readonly Chapter[];
  readonly runs: readonly RunFigures[];
}

export interface Telling {
  readonly story: Story;
  readonly world: World;
  readonly runs: ReadonlyArray<{ readonly runId: string; readonly evidence: RunEvidence | undefined }>;
  readonly aborted: boolean;
  /** What happened, where the story was written beforehand. */
  readonly chapters: readonly Chapter[];
}

/** Adds a story up. A key that an earlier run promoted and a later one found in place was promoted by the story. */
export const figuresOf = ({ story, world, runs, aborted, chapters }: Telling): StoryFigures => {
  const lines = combined(runs.map(({ evidence }) => evidence?.lines ?? []));
  const outcomes = [...lines.values()].map(outcomeOf);
  const counts = tally(outcomes);
  const verified = [...lines.values()].flatMap((line) => line.verifiedAt ?? []).map((at) => (at - STORY_STARTS_AT) / 1000);
  const lastVerified = verified.length > 0 ? verified.reduce((a, b) => Math.max(a, b)) : null;
  const floorSeconds = floorOf(story, fleetOf(story).ratePerSecond);
  const quotaFloor = floorOf(story, DEFAULT_QUOTA_PER_SECOND);
  const blocked = [...lines.values()].filter((line) => line.outcome === 'blocked');
  const last = runs.findLast(({ evidence }) => evidence !== undefined)?.evidence?.summary;
  const inventoryComplete = last?.inventoryComplete ?? false;
  const perRun = runs.map(({ runId, evidence }) => runFigures(world, runId, evidence));
  const counted = world.kms.counts();
  return {
    kind: 'played',
    runId: runs.at(-1)?.runId ?? '',
    fleet: story.fleetName,
    operation: story.operation,
    // The trigger may have chosen another standby than the story names.
    source: last?.source ?? story.source,
    target: last?.target ?? story.target,
    seed: story.seed,
    // Where nothing was started, nothing had to be done.
    result: runs.length === 0 ? 'nothing-to-do' : resultOf(counts, inventoryComplete),
    inventoryComplete,
    notes: last?.notes ?? [],
    keys: lines.size,
    accounts: fleetOf(story).accounts.length,
    outcomes: camel(counts),
    reasons: tallyReasons(outcomes),
    blockedProven: blocked.filter((line) => line.proof === 'proven').length,
    blockedWithoutProof: blocked.filter((line) => line.proof !== 'proven').length,
    secondsToFirstVerified: verified.length > 0 ? round(verified.reduce((a, b) => Math.min(a, b))) : null,
    secondsToLastVerified: lastVerified === null ? null : round(lastVerified),
    secondsTotal: round((world.clock.now() - STORY_STARTS_AT) / 1000),
    floorSeconds: round(floorSeconds),
    ratioConfigured: lastVerified === null ? null : round(lastVerified / floorSeconds),
    ratioQuota: lastVerified === null ? null : round(lastVerified / quotaFloor),
    calls: counted.calls,
    throttled: sum(Object.values(counted.throttled)),
    stateTransitions: sum(perRun.map((run) => run.stateTransitions)),
    faultsStruck: struck(story, world, aborted),
    limiter: world.kms.temperament.limiter,
    crypto: cryptoOf(runs),
    chapters,
    runs: perRun,
  };
};

const cryptoOf = (runs: Telling['runs']): StoryFigures['crypto'] => {
  const tallies = runs.flatMap(({ evidence }) => evidence?.summary.crypto ?? []);
  if (tallies.length === 0) return null;
  const { calls, failed } = addedUp(tallies);
  return { calls, failed };
};

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const round = (value: number): number => Math.round(value * 1000) / 1000;

const outcomeOf = (line: EvidenceLine): Outcome => ({ kind: line.outcome, reason: line.reason }) as Outcome;

const combined = (runs: ReadonlyArray<readonly EvidenceLine[]>): ReadonlyMap<string, EvidenceLine> => {
  const lines = new Map<string, EvidenceLine>();
  for (const line of runs.flat()) {
    const before = lines.get(keyName(line));
    const stands = before?.outcome === 'promoted' && line.outcome === 'already-primary';
    if (!stands) lines.set(keyName(line), line);
  }
  return lines;
};

/** The busiest account's keys at the rate; a drill goes there and back, and holds in between. */
const floorOf = (story: Story, ratePerSecond: number): number => {
  const { accounts, drill } = fleetOf(story);
  const oneWay = Math.ceil(story.keys / accounts.length) / ratePerSecond;
  return story.operation === 'drill' ? 2 * oneWay + drill.holdSeconds : oneWay;
};

const struck = (story: Story, world: World, aborted: boolean): Readonly<Record<string, number>> => ({
  ...Object.fromEntries(Object.entries(world.kms.counts().faults).filter(([name, strikes]) => name !== 'incident' || strikes > 0)),
  ...(world.crashes === undefined ? {} : { 'function-crash': world.crashes.strikes }),
  ...(story.faults.some(({ fault }) => fault.name === 'abort') ? { abort: aborted ? 1 : 0 } : {}),
});

const runFigures = (world: World, runId: string, evidence: RunEvidence | undefined): RunFigures => {
  const execution = world.stepFunctions.execution(runId);
  const objections = execution?.error === 'RefusedByGuard' ? functionMessage(execution.cause).split('\n') : [];
  return {
    runId,
    status: execution?.status ?? 'UNKNOWN',
    result: evidence?.summary.result ?? (objections.length > 0 ? 'refused' : 'no-report'),
    objections,
    outcomes: evidence === undefined ? {} : camel(evidence.summary.outcomes),
    reasons: evidence?.summary.reasons ?? {},
    stateTransitions: execution?.stateTransitions ?? 0,
    historyEventsMax: execution?.historyEvents ?? 0,
    payloadBytesMax: execution?.payloadBytesMax ?? 0,
  };
};

const camel = (counts: Tally): Readonly<Record<string, number>> => {
  const { 'already-primary': alreadyPrimary, promoted, ...others } = counts;
  return { promoted, alreadyPrimary, ...others };
};
