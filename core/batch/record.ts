import type { KeyRef, KeyUsage } from '../key/key.ts';
import type { Outcome } from '../outcome/outcome.ts';
import type { ReasonOf } from '../outcome/reasons.ts';
import type { Region } from '../region.ts';

/**
 * How far a key has come, in the order in which it advances:
 * `new` nothing known · `ready` may be promoted · `sent` a call was sent, its effect is not known yet ·
 * `moved` KMS shows the primary in the target, settled · `parked` cannot move now, its proof is outstanding · `done` it has its outcome.
 */
export const PHASES = ['new', 'ready', 'sent', 'moved', 'parked', 'done'] as const;
export type Phase = (typeof PHASES)[number];

/** What was made before the move so that the key can be proven after it. */
interface ProofMaterial {
  /** Where it was made: the source, or another replica when the source was dark. */
  readonly madeIn: Region;
  /** Symmetric keys: ciphertext in base64. It never leaves the working bucket. */
  readonly ciphertext?: string;
  /** Asymmetric keys: SHA-256 of the public key. */
  readonly publicKeyDigest?: string;
}

/** Whether decryption (or its like) in the target was proven. */
export type Proof = 'proven' | 'failed' | 'refused' | 'unanswered' | 'by-policy' | 'not-tried';

/** One key on its way through a run. */
export interface KeyRecord extends KeyRef {
  readonly phase: Phase;
  /** Where its primary was when this intent first looked. */
  readonly origin?: Region;
  /** Where its primary was at the last look: there the call is sent. */
  readonly primary?: Region;
  /** Every Region that holds it, as far as known. */
  readonly regions: readonly Region[];
  /** Other fleets that select it too. */
  readonly otherFleets?: readonly string[];
  readonly usage?: KeyUsage;
  readonly spec?: string;
  readonly algorithms?: readonly string[];
  readonly material?: ProofMaterial;
  /** UpdatePrimaryRegion calls sent for it in this intent. */
  readonly attempts: number;
  readonly sentAt?: number;
  readonly acceptedAt?: number;
  readonly requestIds: readonly string[];
  readonly verifiedAt?: number;
  /** The last thing that stood in its way, for the case that it stays. */
  readonly obstacle?: ReasonOf<'blocked' | 'failed'>;
  readonly outcome?: Outcome;
  readonly proof: Proof;
  /** Where the proof held. */
  readonly provenIn: readonly Region[];
  /** KMS's own words, or ours, for a person. */
  readonly detail?: string;
  readonly notes: readonly string[];
}

/** A key that nothing is known of yet. */
export const newRecord = (key: KeyRef): KeyRecord => ({
  account: key.account,
  keyId: key.keyId,
  phase: 'new',
  regions: [],
  attempts: 0,
  requestIds: [],
  proof: 'not-tried',
  provenIn: [],
  notes: [],
});

/** The record of a key that has its outcome. The first outcome stands. */
export const concluded = (record: KeyRecord, outcome: Outcome, detail?: string): KeyRecord =>
  record.outcome === undefined ? { ...record, phase: 'done', outcome, ...(detail === undefined ? {} : { detail }) } : record;
