import type { ConnectionTrouble } from '../kms/wire/connection-error.ts';

/** One call as a fault sees it: which operation, for which account, sent to which Region. */
export interface FaultedCall {
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  /** True for the reads that may be stale: DescribeKey and the lists. */
  readonly isRead: boolean;
}

/**
 * What a fault does to one call.
 * - `no-connection`: the client cannot connect, and learns so at once; nothing is done.
 * - `refuse`: KMS answers with this error and does nothing.
 * - `silence`: the call is lost on its way; nothing is done and no answer comes.
 * - `slow`: the whole call takes at least this long.
 * - `lose-reply`: the call is carried out but its answer never comes. With `effectAfterGivingUpMs` it is carried out only
 *   that long after the client has given up.
 * - `reset`: the call is carried out, and the connection breaks instead of an answer.
 */
export type Interference =
  | { readonly kind: 'no-connection'; readonly trouble: ConnectionTrouble }
  | { readonly kind: 'refuse'; readonly name: string; readonly message: string; readonly status: 400 | 500 }
  | { readonly kind: 'silence' }
  | { readonly kind: 'slow'; readonly totalMs: number }
  | { readonly kind: 'lose-reply'; readonly effectAfterGivingUpMs: number | undefined }
  | { readonly kind: 'reset' };

/** How a promotion ends that was accepted and then left half done: after this long, or never. */
export type HalfDone =
  | { readonly ending: 'completes'; readonly afterMs: number }
  | { readonly ending: 'rolls-back'; readonly afterMs: number }
  | { readonly ending: 'hangs' };

/** A key as it was put in place before the story began. */
export interface SeededKey {
  readonly account: string;
  readonly keyId: string;
  readonly primary: string;
  readonly replicas: readonly string[];
}

/** What a fault may change in a world that is being prepared. Changes look as if they had always been so; an absent replica is left alone. */
export interface PreparedWorld {
  disableReplica(account: string, keyId: string, region: string): void;
  removeReplica(account: string, keyId: string, region: string): void;
  denyPromotion(account: string, keyId: string, region: string): void;
}

/** A key that a fault has made impossible to move. */
export interface AffectedKey {
  readonly account: string;
  readonly keyId: string;
}

/** Something that goes wrong in the simulated KMS. Every hook is optional; what several faults do to one call is combined. */
export interface KmsFault {
  readonly name: string;
  /** How often it has struck so far. */
  readonly struck: number;
  /** The keys that it has made impossible to move, for checkers; absent when it strikes calls, not keys. */
  readonly affected?: readonly AffectedKey[];
  /** Asked once for each call, when it leaves the client. */
  interfere?(call: FaultedCall): Interference | undefined;
  /** Asked when a call arrives and again when its answer would leave: true when that Region does neither. */
  silences?(call: FaultedCall): boolean;
  /** How old the answer of this read is, in milliseconds. */
  staleReadMs?(call: FaultedCall): number;
  /** How long a promotion accepted now stays `Updating`, in place of the ordinary time. Asked with the call that KMS makes in the target. */
  settlingMs?(inTarget: FaultedCall): number | undefined;
  /** Asked of each promotion that is accepted, with the call that KMS makes in the target: what becomes of it when it shall not simply settle. */
  halfDone?(inTarget: FaultedCall): HalfDone | undefined;
  /** Whether this promotion of a key that is `Updating` is accepted; undefined leaves it to the world's temperament. */
  acceptsWhileUpdating?(call: FaultedCall): boolean | undefined;
  /** Told when a promotion was accepted. */
  promotionAccepted?(): void;
  /** Told about each key put in place before the story. */
  keySeeded?(key: SeededKey, world: PreparedWorld): void;
}
