import { type OutcomeKind, REASONS, type ReasonCode } from './reasons.ts';

/** How one planned key ended: `promoted`, or anything else and why. */
export type Outcome = { readonly kind: 'promoted' } | { readonly kind: Exclude<OutcomeKind, 'promoted'>; readonly reason: ReasonCode };

export const PROMOTED: Outcome = { kind: 'promoted' };

/** The outcome that a reason code belongs to. */
export const because = (reason: ReasonCode): Outcome => ({ kind: REASONS[reason].outcome, reason });

/** Whether the key is where it shall be, and nothing is left to do or to look at. */
export const isGreen = (outcome: Outcome): boolean => outcome.kind === 'promoted' || outcome.kind === 'already-primary';

/** Counts of outcomes by kind, every kind named. */
export type Tally = Readonly<Record<OutcomeKind, number>>;

/** Adds outcomes up by kind. */
export const tally = (outcomes: Iterable<Outcome>): Tally => {
  const counts: Record<OutcomeKind, number> = {
    promoted: 0,
    'already-primary': 0,
    unproven: 0,
    ineligible: 0,
    blocked: 0,
    halted: 0,
    failed: 0,
  };
  for (const outcome of outcomes) counts[outcome.kind] += 1;
  return counts;
};

/** Adds reason codes up; codes that do not occur are absent. */
export const tallyReasons = (outcomes: Iterable<Outcome>): Readonly<Partial<Record<ReasonCode, number>>> => {
  const counts: Partial<Record<ReasonCode, number>> = {};
  for (const outcome of outcomes) if (outcome.kind !== 'promoted') counts[outcome.reason] = (counts[outcome.reason] ?? 0) + 1;
  return counts;
};

/**
 * `moved`: every key is promoted or already primary. `nothing-to-do`: the same, and no key had to move. Neither, unless all keys were found.
 * `blocked`: some keys cannot move now and will be finished later. `partly`: everything else.
 */
export type RunResult = 'moved' | 'nothing-to-do' | 'blocked' | 'partly';

/** Whether every key is where it shall be, and there is none that nobody looked at. */
export const isGreenResult = (result: RunResult): boolean => result === 'moved' || result === 'nothing-to-do';

/** A run's result follows from its keys' outcomes, and from whether all of its keys were found. */
export const resultOf = (counts: Tally, inventoryComplete: boolean): RunResult => {
  if (counts.blocked > 0) return 'blocked';
  if (!inventoryComplete || counts.unproven + counts.ineligible + counts.halted + counts.failed > 0) return 'partly';
  return counts.promoted > 0 ? 'moved' : 'nothing-to-do';
};
