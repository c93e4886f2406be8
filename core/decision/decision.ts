import type { RunRequest } from '../run/request.ts';
import type { Judgement } from './evaluate.ts';

/**
 * What comes of a signal for one fleet. `start`: a run goes; `approve`: a person is asked; `observe`: nothing is done, and it is said
 * what stands in the way; `ignore`: nothing to decide.
 */
export type Verb = 'start' | 'approve' | 'observe' | 'ignore';

/** The question put to a person, and what became of it. */
export interface Approval {
  /** Epoch milliseconds; afterwards the decision cannot be approved any more. */
  readonly expiresAt: number;
  readonly state: 'open' | 'approved' | 'withdrawn';
  /** Who approved it, or what withdrew it; and when. */
  readonly by?: string;
  readonly at?: number;
}

/** What was decided about one signal and one fleet, and why; also when the answer was no. Item `decision` / `<fleet>/<digest>`. */
export interface Decision {
  /** `deciding` claims the signal; a claim older than the function's timeout was left by one that died. */
  readonly state: 'deciding' | 'decided';
  readonly at: number;
  readonly fleet: string;
  /** What came, in words. */
  readonly signal: string;
  readonly request?: RunRequest;
  readonly judgement?: Judgement;
  readonly verb?: Verb;
  /** The code of the rule that decided, from the table of rules in core/decision/rules.ts. */
  readonly rule?: string;
  /** A sentence for a person. */
  readonly why?: string;
  /** What would lift it, a sentence each; empty when nothing stands in the way. */
  readonly liftedBy?: readonly string[];
  readonly runId?: string;
  readonly approval?: Approval;
  /** A person's deed on record beside the signals: who did what. */
  readonly by?: string;
}

/** The ID of the decision in which the plan of a run put on record why the guards refused it. */
export const planRefusalId = (fleetName: string, runId: string): string => `${fleetName}/plan-${runId}`;

/** A decision that was made: it says what, by which rule and why. */
export type DecisionMade = Decision & Required<Pick<Decision, 'verb' | 'rule' | 'why'>>;
