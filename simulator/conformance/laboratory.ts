import type { Temperament } from '../kms/temperament.ts';
import type { Case, Place } from './case.ts';
import type { Values } from './placeholders.ts';

/** What KMS said to one call. */
export type Answer =
  | { readonly accepted: Readonly<Record<string, unknown>> }
  | { readonly refused: string; readonly message: string; readonly status: number | undefined };

/** A key put in place for one case. */
export interface Scene {
  /** What `{keyId}`, `{primary}` and the other placeholders stand for. */
  readonly values: Values;
  /** Brings the related keys into the states of the case. */
  bringAbout(states: NonNullable<Case['states']>): Promise<void>;
  /** Whether the related keys are in those states still; a transition may have ended of itself. */
  lasts(states: NonNullable<Case['states']>): Promise<boolean>;
  send(at: Place, operation: string, input: Readonly<Record<string, unknown>>, asStranger: boolean): Promise<Answer>;
  /** Lets this much time pass, in milliseconds. */
  pass(ms: number): Promise<void>;
  /** The CloudTrail records since the key was put in place. */
  trail(): readonly unknown[];
}

/** Where cases are run. */
export interface Laboratory {
  /**
   * Whether it is AWS itself: then reads may be stale, so that one which does not show what is expected is worth another
   * look, and nobody can choose which of several lawful answers comes.
   */
  readonly isReal: boolean;
  /** Why a case cannot be run here; undefined when it can. */
  cannot(row: Case): string | undefined;
  /**
   * Makes ready what the case needs: its keys, Enabled and settled. One case at a time.
   * @param temperament which of the lawful answers KMS shall give, where somebody can choose
   */
  enter(row: Case, temperament: Partial<Temperament>): Promise<Scene>;
  /** Says that the last case went wrong, perhaps because its keys were not as they seemed. */
  doubt(): void;
}
