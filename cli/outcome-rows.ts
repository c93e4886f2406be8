import { ADVICE } from '../core/outcome/advice.ts';
import { type OutcomeKind, REASONS, type ReasonCode } from '../core/outcome/reasons.ts';
import { type Ended, OUTCOME_WORDS } from './words.ts';

interface OutcomeRow {
  readonly kind: OutcomeKind;
  readonly keys: number;
  readonly words: string;
  /** What a person has to do about it, if anything. */
  readonly toDo: string | undefined;
  readonly reasons: ReadonlyArray<{ readonly code: ReasonCode; readonly keys: number; readonly meaning: string }>;
}

/** The outcomes that occurred, each with its reasons, in the order in which they are told. */
export const outcomeRows = ({ outcomes, reasons }: Pick<Ended, 'outcomes' | 'reasons'>): readonly OutcomeRow[] => {
  const named = { ...outcomes, 'already-primary': outcomes.alreadyPrimary };
  const counted = Object.entries(reasons) as [ReasonCode, number][];
  return (Object.entries(OUTCOME_WORDS) as [OutcomeKind, string][]).flatMap(([kind, words]) => {
    const keys = named[kind as keyof typeof named] ?? 0;
    if (keys === 0) return [];
    const ofKind = counted.filter(([code]) => REASONS[code].outcome === kind);
    const reasonRows = ofKind.map(([code, some]) => ({ code, keys: some, meaning: REASONS[code].meaning }));
    return [{ kind, keys, words, toDo: ADVICE[kind].toDo, reasons: reasonRows }];
  });
};
