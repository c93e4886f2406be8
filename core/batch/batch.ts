import type { Window } from '../coordination/lane.ts';
import { BATCH_MS_MAX } from '../limits.ts';
import type { AccountId, Region } from '../region.ts';
import { addedUp, type CryptoTally, fuller, NO_CRYPTO } from './crypto-tally.ts';
import type { KeyRecord } from './record.ts';
import { PHASES } from './record.ts';

/**
 * What batches are made for. The canaries open the run's first stage together with the rest, which waits for them where it counts:
 * before its first call. A sweep takes up what was left on the way there, a back-sweep what was left on a drill's way back.
 */
export const STAGES = ['canary', 'rest', 'sweep', 'back', 'back-sweep'] as const;
export type Stage = (typeof STAGES)[number];

/** The stages that a run goes through, one after the other; a drill goes `back` after the hold. */
export const WAY_THERE = ['rest', 'sweep'] as const satisfies readonly Stage[];
export const WAY_BACK = ['back', 'back-sweep'] as const satisfies readonly Stage[];

/** Up to 50 keys of one account that travel the chain together, as kept in the working bucket. */
export interface Batch {
  /** 1, 2, …: the number that travels through the state machine. */
  readonly number: number;
  readonly account: AccountId;
  /** What the batch was made for. */
  readonly stage: Stage;
  /** The number of its account's canary, of which this batch waits to hear before its first call. */
  readonly canary?: number;
  /** Where its keys shall go: the request's target, or on a drill's way back the Region that they came from. */
  readonly target: Region;
  /** When the stage that works on it first looked at it; absent until then. */
  readonly opened?: { readonly stage: Stage; readonly at: number };
  /** The slots reserved last. */
  readonly window?: Window;
  /** In a drill: the calls made on its keys while they moved. */
  readonly crypto?: CryptoTally;
  readonly records: readonly KeyRecord[];
}

/** The stages that take up what others left, and must bring every key to an outcome. */
export type Sweep = Extract<Stage, 'sweep' | 'back-sweep'>;
export const isSweep = (stage: Stage): stage is Sweep => stage === 'sweep' || stage === 'back-sweep';

/** The stages that bring a drill's keys home. */
export const isHomeward = (stage: Stage): boolean => stage === 'back' || stage === 'back-sweep';

/** Whether the stage that works on the batch has had its time. */
export const isOverdue = (batch: Batch, now: number): boolean => batch.opened !== undefined && now - batch.opened.at >= BATCH_MS_MAX;

/** Whether every key of the batch has its outcome. */
export const isComplete = (batch: Batch): boolean => batch.records.every((record) => record.outcome !== undefined);

/** The batch with further cryptographic calls counted; unchanged when none were made. */
export const withCrypto = (batch: Batch, made: CryptoTally): Batch =>
  made.calls === 0 ? batch : { ...batch, crypto: addedUp([batch.crypto ?? NO_CRYPTO, made]) };

/**
 * Two accounts of the same batch made one, when a step ran twice at once: per key the one that came further.
 * An outcome stands, unless it says that the key was never attempted and the other account attempted it.
 * Equal phases: the one with more attempts, then ours.
 */
export const merged = (stored: Batch, ours: Batch): Batch => {
  const crypto = fuller(stored.crypto, ours.crypto);
  return {
    ...stored,
    ...ours,
    ...(crypto === undefined ? {} : { crypto }),
    records: ours.records.map((record, index) => further(stored.records[index], record)),
  };
};

const further = (stored: KeyRecord | undefined, ours: KeyRecord): KeyRecord => {
  if (stored === undefined || stored.keyId !== ours.keyId) return ours;
  const chosen = isFurther(stored, ours) ? stored : ours;
  return { ...chosen, requestIds: [...new Set([...stored.requestIds, ...ours.requestIds])] };
};

const isFurther = (stored: KeyRecord, ours: KeyRecord): boolean => {
  if (isRefuted(stored, ours)) return false;
  if (stored.outcome !== undefined || isRefuted(ours, stored)) return true;
  return (PHASES.indexOf(stored.phase) - PHASES.indexOf(ours.phase) || stored.attempts - ours.attempts) > 0;
};

/** Halted "before it was attempted", which the other account knows better. */
const isRefuted = (record: KeyRecord, other: KeyRecord): boolean => record.outcome?.kind === 'halted' && record.attempts < other.attempts;
