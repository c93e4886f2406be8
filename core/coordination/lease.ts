import { FUNCTION_TIMEOUT_SECONDS } from '../limits.ts';
import { type Operation, preempts } from '../run/operation.ts';

/** Who may change a fleet at present. One item per fleet. */
export interface Lease {
  readonly holder: string;
  readonly operation: Operation;
  /** Grows by one with each new holder; what a run writes lies under its own run ID, so an older fence reaches nothing of a newer one. */
  readonly fence: number;
  readonly expiresAt: number;
  readonly released: boolean;
  /** Set by a run of a higher class: the holder attempts no further key and ends. */
  readonly preemptedBy?: string;
  /** Set by an operator: the holder attempts no further key and ends; a drill brings home what it moved before that. */
  readonly stoppedBy?: string;
  /** The less urgent run that the holder pre-empted to get it. */
  readonly tookFrom?: { readonly holder: string; readonly operation: Operation };
  /** Set on a drill's lease when an alarm went off that the drill was given, in words: it comes home as if it were stopped. */
  readonly calledHome?: string;
}

/** How long a lease lasts without being extended. A Wait in the chain is shorter than a third of it. */
export const LEASE_MS = 180_000;
/** How far two machines' clocks may differ. */
export const SKEW_MS = 2_000;
/** How long a promote function of a dead holder may still be at work: its Lambda timeout. */
export const PROMOTE_MS_MAX = 1000 * FUNCTION_TIMEOUT_SECONDS.promote;

/** From when on a dead holder of the lease can have no call to KMS under way: it has run out, then promote's timeout, then the skew. */
export const quietAt = ({ expiresAt }: Lease): number => expiresAt + PROMOTE_MS_MAX + SKEW_MS;

export interface LeaseAsk {
  readonly runId: string;
  readonly operation: Operation;
  readonly now: number;
  /** Whether the holder's execution is known to have ended, however it ended. */
  readonly holderEnded: boolean;
}

export type LeaseAnswer =
  | { readonly kind: 'taken'; readonly lease: Lease }
  | { readonly kind: 'preempting'; readonly lease: Lease; readonly waitMs: number }
  | { readonly kind: 'wait'; readonly waitMs: number }
  | { readonly kind: 'refused'; readonly holder: string; readonly operation: Operation };

/**
 * Decides what becomes of a fleet's lease when a run asks for it. Pure: the caller writes `lease` under the version it read.
 * A lease that was not released is taken over only when its holder can no longer have a call to KMS under way.
 */
export const askForLease = (current: Lease | undefined, ask: LeaseAsk): LeaseAnswer => {
  if (current === undefined) return { kind: 'taken', lease: fresh(ask, undefined) };
  if (current.holder === ask.runId && !current.released) return { kind: 'taken', lease: { ...current, expiresAt: ask.now + LEASE_MS } };
  if (current.released) return { kind: 'taken', lease: fresh(ask, current) };

  const freeAt = quietAt(current);
  if (ask.now >= freeAt) return { kind: 'taken', lease: fresh(ask, current) };
  const waitMs = freeAt - ask.now;
  if (ask.holderEnded || current.preemptedBy === ask.runId) return { kind: 'wait', waitMs };
  if (preempts(ask.operation, current.operation)) return { kind: 'preempting', lease: { ...current, preemptedBy: ask.runId }, waitMs };
  return { kind: 'refused', holder: current.holder, operation: current.operation };
};

const fresh = (ask: LeaseAsk, before: Lease | undefined): Lease => ({
  holder: ask.runId,
  operation: ask.operation,
  fence: (before?.fence ?? 0) + 1,
  expiresAt: ask.now + LEASE_MS,
  released: false,
  ...(before?.preemptedBy === ask.runId ? { tookFrom: { holder: before.holder, operation: before.operation } } : {}),
});

/** Whether `runId` holds the lease at `now`. */
export const holds = (lease: Lease | undefined, runId: string, now: number): lease is Lease =>
  lease !== undefined && lease.holder === runId && !lease.released && now + SKEW_MS < lease.expiresAt;

/** Whether the fleet went to another run, or to the same one under another fence, since this one had it. */
export const isTakenOver = (lease: Lease, { runId, fence }: { readonly runId: string; readonly fence: number }): boolean =>
  lease.holder !== runId || lease.fence !== fence;

/**
 * The lease with its full time ahead again; also one that ran out and that nobody took over meanwhile, since only one of the two
 * writes can win. Undefined when the run does not have it any more.
 */
export const extended = (
  lease: Lease | undefined,
  run: { readonly runId: string; readonly fence: number },
  now: number,
): Lease | undefined =>
  lease === undefined || lease.released || isTakenOver(lease, run) ? undefined : { ...lease, expiresAt: now + LEASE_MS };

/** A drill's lease with the word that it shall come home; undefined when there is no drill, or it knows already. */
export const calledHome = (lease: Lease | undefined, because: string): Lease | undefined =>
  lease === undefined || lease.operation !== 'drill' || lease.released || lease.calledHome !== undefined
    ? undefined
    : { ...lease, calledHome: because };

/** The lease that a run wants no more which has it, or has asked for it; undefined when neither is so. */
export const forgone = (lease: Lease | undefined, runId: string): Lease | undefined => {
  if (lease?.preemptedBy !== runId) return released(lease, runId);
  const { preemptedBy: _, ...rest } = lease;
  return rest;
};

/** The lease given back by its holder, or undefined when somebody else holds it. */
export const released = (lease: Lease | undefined, runId: string): Lease | undefined =>
  lease !== undefined && lease.holder === runId && !lease.released ? { ...lease, released: true } : undefined;
