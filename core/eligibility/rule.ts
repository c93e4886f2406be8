import type { ReasonOf } from '../outcome/reasons.ts';
import type { Observation } from './observation.ts';

/** What a rule says of a key: nothing against it, it cannot be moved and why, or it could not be told. */
export type Verdict =
  | { readonly kind: 'pass' }
  | { readonly kind: 'refuse'; readonly reason: ReasonOf<'ineligible'>; readonly detail: string }
  | { readonly kind: 'unknown'; readonly detail: string };

/** One condition that a key must meet before it is promoted. Pure. */
export type Rule = (observation: Observation) => Verdict;

export const pass: Verdict = { kind: 'pass' };
export const refuse = (reason: ReasonOf<'ineligible'>, detail: string): Verdict => ({ kind: 'refuse', reason, detail });
export const unknown = (detail: string): Verdict => ({ kind: 'unknown', detail });
