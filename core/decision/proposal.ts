import type { RunRequest } from '../run/request.ts';
import type { Verb } from './decision.ts';
import type { Judgement } from './evaluate.ts';
import type { RuleCode } from './rules.ts';

/** What a signal comes to for one fleet; nothing has been done yet. */
export interface Proposal {
  readonly decision: Verb;
  /** Empty when the signal concerns no fleet. */
  readonly fleet: string;
  /** What would be run, when it came that far. */
  readonly request?: RunRequest;
  readonly rule: RuleCode;
  /** Whole sentences for a person. */
  readonly why: string;
  /** What would lift it, in words; empty when nothing stands in the way or nothing can. */
  readonly liftedBy: readonly string[];
  readonly judgement?: Judgement;
}
