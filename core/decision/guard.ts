import type { Fleet } from '../fleet/schema.ts';
import type { RunRequest } from '../run/request.ts';

/** A switch that an operator threw to keep runs from starting: for every fleet, or for one. */
export interface StopSwitch {
  readonly scope: 'global' | 'fleet';
  readonly owner: string;
  readonly reason: string;
  /** Epoch milliseconds; afterwards the switch is off. */
  readonly expiresAt: number;
}

/** Everything that a guard may look at. */
export interface Circumstances {
  readonly request: RunRequest;
  readonly fleet: Fleet;
  /** Started by a signal, with no person in between. */
  readonly automatic: boolean;
  /** A further run of an intent that had one: it was decided on already. */
  readonly followUp: boolean;
  /** The switches that are on for the fleet. */
  readonly switches: readonly StopSwitch[];
}

/** What one guard says, in words for the person who asks why. */
export type GuardAnswer =
  | { readonly kind: 'pass' }
  | { readonly kind: 'refuse' | 'unknown'; readonly why: string; readonly liftedBy: string };

/** One condition that a run must meet before it may start. Pure. */
export interface Guard {
  readonly name: string;
  readonly judge: (circumstances: Circumstances) => GuardAnswer;
}

export const pass: GuardAnswer = { kind: 'pass' };
