import { addedUp, type CryptoTally } from '../../../core/batch/crypto-tally.ts';
import { figuresOf } from '../../../core/evidence/figures.ts';
import { resultOf } from '../../../core/outcome/outcome.ts';
import { STORY_STARTS_AT } from '../../../simulator/story/starts-at.ts';
import type { Ended } from '../../words.ts';
import { WrongUseError } from '../../wrong-use.ts';
import type { Left, RunLeft } from '../read/folder.ts';
import { type StandingLine, standingLines } from './standing.ts';

/** What a page tells of: a whole story, or all runs of one intent. */
export interface Subject {
  readonly fleet: string;
  readonly operation: string;
  readonly ended: Ended;
  readonly notes: readonly string[];
  readonly lines: readonly StandingLine[];
  readonly runs: readonly RunLeft[];
  /** Other intents whose runs lie in the folder, the latest last. */
  readonly otherIntents: readonly string[];
  /** The time that all others are told from, in epoch milliseconds. */
  readonly startedAt: number;
  readonly crypto: CryptoTally | undefined;
}

/** @param intent of real runs, which to tell of; the one whose run began last without it. @throws WrongUseError */
export const subjectOf = (left: Left, intent: string | undefined): Subject => {
  if (left.story === undefined) return ofIntent(left.runs, intent);
  if (intent !== undefined) throw new WrongUseError(['--intent: a story is told as a whole; leave it out.']);
  const { story, runs } = left;
  return {
    fleet: story.fleet,
    operation: story.operation,
    ended: story,
    notes: story.notes,
    lines: standingLines(runs),
    runs,
    otherIntents: [],
    startedAt: STORY_STARTS_AT,
    crypto: cryptoOf(runs),
  };
};

const ofIntent = (all: readonly RunLeft[], asked: string | undefined): Subject => {
  const intents = [...new Set(all.map(({ summary }) => summary.intent))];
  const intent = asked ?? all.at(-1)?.summary.intent;
  const runs = all.filter(({ summary }) => summary.intent === intent);
  const [first, last] = [runs[0]?.summary, runs.at(-1)?.summary];
  if (first === undefined || last === undefined)
    throw new WrongUseError([`--intent: expected one of ${intents.join(', ')}; got "${intent}".`]);
  const lines = standingLines(runs);
  return {
    fleet: last.fleet,
    operation: last.operation,
    ended: endedAs(lines, runs, last),
    notes: last.notes,
    lines,
    runs,
    otherIntents: intents.filter((name) => name !== intent),
    startedAt: first.startedAt,
    crypto: cryptoOf(runs),
  };
};

/** How an intent has ended so far, added up from its keys. */
const endedAs = (lines: readonly StandingLine[], runs: readonly RunLeft[], last: RunLeft['summary']): Ended => {
  const { keys, outcomes, reasons, blockedWithoutProof } = figuresOf(lines.map(({ line }) => line));
  const { 'already-primary': alreadyPrimary, ...others } = outcomes;
  const isAllKnown = last.inventoryComplete && lines.every(({ line }) => line.outcome !== undefined);
  return {
    result: resultOf(outcomes, isAllKnown),
    source: last.source,
    target: last.target,
    keys,
    outcomes: { ...others, alreadyPrimary },
    reasons,
    blockedProven: outcomes.blocked - blockedWithoutProof,
    blockedWithoutProof,
    inventoryComplete: last.inventoryComplete,
    runs: runs.map(({ summary }) => summary.runId),
  };
};

const cryptoOf = (runs: readonly RunLeft[]): CryptoTally | undefined => {
  const tallies = runs.flatMap(({ summary }) => summary.crypto ?? []);
  return tallies.length === 0 ? undefined : addedUp(tallies);
};
