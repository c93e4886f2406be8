import type { Decision } from '../../core/decision/decision.ts';

/** A decision with the name that it is stored under. */
export interface NamedDecision {
  readonly id: string;
  readonly decision: Decision;
}
