import { type Outcome, PROMOTED, tally, tallyReasons } from '../outcome/outcome.ts';
import type { Evidence } from './evidence.ts';
import type { EvidenceLine } from './line-schema.ts';

export type EvidenceFigures = Pick<
  Evidence,
  'keys' | 'outcomes' | 'reasons' | 'blockedWithoutProof' | 'firstVerifiedAt' | 'lastVerifiedAt'
>;

/** What a summary says of its lines: it follows from them alone, so that whoever checks it counts again by the same rule. */
export const figuresOf = (lines: Iterable<EvidenceLine>): EvidenceFigures => {
  const outcomes: Outcome[] = [];
  const verified: number[] = [];
  let [keys, blockedWithoutProof] = [0, 0];
  for (const line of lines) {
    keys += 1;
    outcomes.push(...outcomeOf(line));
    if (line.verifiedAt !== undefined) verified.push(line.verifiedAt);
    if (line.outcome === 'blocked' && line.proof !== 'proven') blockedWithoutProof += 1;
  }
  return {
    keys,
    outcomes: tally(outcomes),
    reasons: tallyReasons(outcomes),
    blockedWithoutProof,
    firstVerifiedAt: extreme(Math.min, verified),
    lastVerifiedAt: extreme(Math.max, verified),
  };
};

const outcomeOf = ({ outcome, reason }: EvidenceLine): readonly Outcome[] => {
  if (outcome === 'promoted') return [PROMOTED];
  return outcome === undefined || reason === undefined ? [] : [{ kind: outcome, reason }];
};

const extreme = (choose: (...times: number[]) => number, times: readonly number[]): number | undefined =>
  times.length > 0 ? times.reduce((a, b) => choose(a, b)) : undefined;
