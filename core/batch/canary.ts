import { CANARY_MS_MAX } from '../limits.ts';
import type { Batch } from './batch.ts';
import type { KeyRecord } from './record.ts';

/** The rest of the fleet waits so long for a canary's key that settles more slowly than most keys do… */
const PATIENCE_MS = 6_000;
/** …and so long for the first proof of any. */
const PATIENCE_FOR_A_PROOF_MS = 9_000;
/** The rest takes its slots from then on, counted from the canary's last slot: no slot is lost to waiting, whatever the canary does. */
const SPEAKS_AFTER_MS = PATIENCE_FOR_A_PROOF_MS + 400;

/** Nobody has looked at the key yet: who has, leaves an obstacle with one that cannot be called for. */
const isUnseen = ({ phase, obstacle, sentAt }: KeyRecord): boolean => phase === 'new' && obstacle === undefined && sentAt === undefined;

/** Whether the canary's keys have been looked at, and slots reserved for those that can be called for. */
export const canaryHasBegun = ({ opened, records }: Batch): boolean => opened !== undefined && !records.some(isUnseen);

const isUnderWay = ({ phase }: KeyRecord): boolean => phase === 'sent' || phase === 'moved';

/**
 * Whether the canary has told what it can: one of its keys is proven, and no other is worth waiting for; or none can be proven for now.
 * A key that something stands in the way of says nothing of the others. Failed proofs speak through the breaker. Pure.
 * @param waitingSince when the batch that asks was opened: a canary that dies before it begins holds nobody up for ever
 */
export const canaryHasSpoken = (canary: Batch, waitingSince: number, now: number): boolean => {
  const { opened, records } = canary;
  if (now - (opened?.at ?? waitingSince) >= CANARY_MS_MAX) return true;
  if (!canaryHasBegun(canary) || records.some(({ phase }) => phase === 'ready')) return false;
  const youngestMs = Math.min(...records.filter(isUnderWay).map(({ sentAt }) => now - (sentAt ?? now)));
  const isProven = records.some(({ phase }) => phase === 'done');
  return youngestMs >= (isProven ? PATIENCE_MS : PATIENCE_FOR_A_PROOF_MS);
};

/** The moment from which a rest may expect its canary to have spoken: 0 when it calls for nothing. */
export const canarySpeaksAt = ({ window }: Batch): number =>
  window === undefined ? 0 : window.firstSlotAt + (window.count - 1) * window.spacingMs + SPEAKS_AFTER_MS;
