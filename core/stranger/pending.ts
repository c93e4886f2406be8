import type { PromotionRecord } from '../signal/promotion-record.ts';
import type { SentCalls } from './calls.ts';

/** A promotion on CloudTrail's record that none of our runs is known to have sent. */
export interface Pending extends Pick<PromotionRecord, 'requestId' | 'keyId' | 'account' | 'target' | 'caller' | 'calledAt'> {
  /** Where the call was sent; unknown while only KMS's own record in the new primary's Region has come. */
  readonly from?: PromotionRecord['recordedIn'];
  /** When we first heard of it, in epoch milliseconds. */
  readonly seenAt: number;
}

/** Those that wait to be matched once more. Item `promotion` / `pending-<control Region>`. */
export interface PendingPromotions {
  readonly waiting: readonly Pending[];
}

/** A run saves its calls' IDs when its window is over, and late replies may be a minute on their way: then it is known whose it was. */
export const PENDING_MS = 5 * 60_000;
/** CloudTrail's records may reach one control Region so much later than the other. */
const OTHERS_MS = 15 * 60_000;
/** No more wait at once; the oldest are then judged at once by what is known. */
export const PENDING_MAX = 200;

/** KMS's second record of the same promotion, in the new primary's Region. */
const isSecond = ({ invokedBy }: PromotionRecord): boolean => invokedBy === 'kms.amazonaws.com';

/** Whether the record tells of a primary that moved: not of a refused call, nor of one that asked for where the primary was already. */
export const isMove = (record: PromotionRecord): boolean =>
  record.errorCode === undefined && (isSecond(record) || record.recordedIn !== record.target);

/** The waiting ones with this record, or undefined when it was among them. A promotion's two records are one. */
export const withPending = (before: PendingPromotions | undefined, record: PromotionRecord, now: number): PendingPromotions | undefined => {
  const { requestId, keyId, account, target, calledAt } = record;
  const waiting = before?.waiting ?? [];
  const known = waiting.find((each) => each.requestId === requestId);
  // KMS's own record names neither the caller nor the Region that the key came from.
  const from = isSecond(record) ? known?.from : record.recordedIn;
  const caller = isSecond(record) ? (known?.caller ?? record.caller) : record.caller;
  if (known !== undefined && known.from === from) return undefined;
  const pending: Pending = {
    requestId,
    keyId,
    account,
    target,
    caller,
    calledAt,
    seenAt: known?.seenAt ?? now,
    ...(from === undefined ? {} : { from }),
  };
  return { waiting: [...waiting.filter((each) => each !== known), pending] };
};

/** The waiting ones without these. */
export const withoutPending = (before: PendingPromotions | undefined, requestIds: ReadonlySet<string>): PendingPromotions | undefined =>
  before === undefined ? undefined : { waiting: before.waiting.filter(({ requestId }) => !requestIds.has(requestId)) };

/** Whether it is time to say that nobody here sent it. @param younger how many came after it and wait as well */
export const isDue = ({ seenAt }: Pending, younger: number, now: number): boolean => now - seenAt >= PENDING_MS || younger >= PENDING_MAX;

/**
 * Whether it is struck off although a run of the other control Region may have sent it: that one heard of it too, perhaps some minutes
 * later, and has told of it by now if it was nobody's.
 */
export const isLeftToOthers = ({ seenAt }: Pending, younger: number, now: number): boolean =>
  now - seenAt >= OTHERS_MS || younger >= PENDING_MAX;

/**
 * Whether a run sent it: by the ID that KMS gave the call, or, where a reply was lost, by key, Regions and time.
 */
export const isSentBy = ({ requestId, keyId, account, target, calledAt }: Pending, { requestIds, lost }: SentCalls): boolean =>
  requestIds.has(requestId) ||
  lost.some(
    (call) =>
      call.keyId === keyId && call.account === account && call.target === target && call.since <= calledAt && calledAt <= call.until,
  );
